use super::*;

fn file(header: &str, data: &[u8]) -> Vec<u8> {
    [&(header.len() as u64).to_le_bytes()[..], header.as_bytes(), data].concat()
}

#[test]
fn half_precision_widens_exactly() {
    for (bits, value) in [
        (0x3c00, 1.0),
        (0xc000, -2.0),
        (0x3555, 1365.0 / 4096.0),
        (0x7bff, 65504.0),
        (0x0400, 2f64.powi(-14)),
        (0x0001, 2f64.powi(-24)),
        (0x83ff, -1023.0 * 2f64.powi(-24)),
        (0x7c00, f64::INFINITY),
        (0xfc00, f64::NEG_INFINITY),
    ] {
        assert_eq!(half(bits), value, "{bits:#x}");
    }
    assert!(half(0x7e00).is_nan() && half(0x8000).is_sign_negative());
}

#[test]
fn a_header_whose_length_begins_like_a_pickle_is_read() {
    for length in [0x0280_usize, 0x0480, 0x4b50] {
        let header = r#"{"w":{"dtype":"F32","shape":[1,1],"data_offsets":[0,4]}}"#;
        let padded = format!("{header}{}", " ".repeat(length - header.len()));
        let tensors = parse("net", &file(&padded, &1.5f32.to_le_bytes())).unwrap();
        assert_eq!(tensors[0].entries, [1.5], "{length:#x}");
    }
}

#[test]
fn a_cut_file_names_the_first_tensor_that_is_cut() {
    let header = r#"{"a":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]},"b":{"dtype":"F32","shape":[2],"data_offsets":[16,24]}}"#;
    let whole = file(header, &[0; 24]);
    assert!(parse("net", &whole).is_ok());
    for (kept, name) in [(whole.len() - 1, "`b`"), (whole.len() - 9, "`a`")] {
        let error = parse("net", &whole[..kept]).unwrap_err().to_string();
        assert!(error.contains(name) && error.contains("ends before"), "{error}");
    }
}

#[test]
fn no_damage_to_a_file_goes_unnoticed_or_ends_in_a_panic() {
    let header = r#"{"a":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]}}"#;
    let whole = file(header, &[0; 16]);
    for length in 0..whole.len() {
        let error = parse("net", &whole[..length]).unwrap_err().to_string();
        assert!(error.contains("`net`") && !error.contains('\n'), "{length}: {error}");
    }
    for position in 0..whole.len() - 16 {
        for flip in [0x01, 0x20, 0x80] {
            let mut broken = whole.clone();
            broken[position] ^= flip;
            let _ = parse("net", &broken);
        }
    }
}

#[test]
fn a_number_that_is_none_is_named_with_its_place() {
    let header = r#"{"a":{"dtype":"F64","shape":[2,3],"data_offsets":[0,48]}}"#;
    let mut data = [0u8; 48];
    data[40..].copy_from_slice(&f64::NAN.to_le_bytes());
    let error = parse("net", &file(header, &data)).unwrap_err().to_string();
    assert!(error.starts_with("tensor `a` in `net` holds NaN at [1, 2]: "), "{error}");
}

#[test]
fn a_name_with_line_breaks_stays_within_its_sentence() {
    let header = r#"{"a\nb\u001b[2J":{"dtype":"I32","shape":[1],"data_offsets":[0,4]}}"#;
    let error = parse("net", &file(header, &[0; 4])).unwrap_err().to_string();
    assert!(error.starts_with(r"tensor `a\nb\u{1b}[2J` in `net` is of type I32"), "{error}");
}
