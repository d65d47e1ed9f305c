use super::*;

fn product(width: usize, gated: bool, depth: usize) -> Product {
    Product { width, gated, depth }
}

#[test]
fn one_factor_has_the_median_of_its_chi_squared_law() {
    // ln of the medians .4549364231195725 of χ²_1, 2 ln 2 of χ²_2, and twice 1.6783469900166605 of χ²_4.
    for (width, median) in [(1, 0.454_936_423_119_572_5_f64), (2, 4f64.ln()), (4, 3.356_693_980_033_321)] {
        let expected = median.ln();
        let found = product(width, false, 1).median().unwrap();
        assert!((found - expected).abs() < 1e-10, "{width}: {found} against {expected}");
        let (low, high) = lattice::median(product(width, false, 1));
        assert!(low <= expected && expected <= high && high - low < WIDEST, "{width}: [{low}, {high}]");
    }
}

#[test]
fn lattices_and_inversions_agree() {
    for (width, gated, depth) in [(1, false, 3), (3, false, 8), (32, false, 5), (2, true, 4), (3, true, 7), (8, true, 2)] {
        let product = product(width, gated, depth);
        let (low, high) = lattice::median(product);
        let median = product.median().unwrap();
        assert!(low <= median && median <= high && high - low < WIDEST, "{product:?}: {median} in [{low}, {high}]");
        let broad = 12.0 * (depth as f64).sqrt();
        assert!((high - low) > 1e-6 && median.abs() < broad, "{product:?}");
    }
}

#[test]
fn two_inversions_agree_in_the_tails_and_at_depth_1000() {
    for (width, gated, depth) in [(1, false, 1), (1, false, 1000), (3, false, 1000), (8, true, 1000), (64, true, 300), (2, true, 6)] {
        let product = product(width, gated, depth);
        let one = Inversion::by_characteristic_function(product).unwrap();
        let two = Inversion::by_contour(product).unwrap();
        for probability in [1e-4, 0.01, 0.3, 0.5, 0.9, 0.999] {
            let x = two.quantile(probability);
            let apart = (one.cdf(x) - probability).abs();
            assert!(apart < 1e-11, "{product:?} at {probability}: {apart:e}");
        }
        product.median().unwrap();
    }
}

#[test]
fn the_distribution_function_of_one_factor_matches_the_erlang_law() {
    use crate::formula::calls::erlang_cdf;
    let shares = product(12, true, 1).shares();
    let even = |k: u64, y: f64| {
        let half = Ball::from_rational(&RBig::try_from(y / 2.0).unwrap(), Precision(200));
        erlang_cdf(k / 2, &half, Precision(80)).unwrap().to_scaled().to_f64()
    };
    for y in [1e-6, 0.02, 0.7, 3.0, 11.0, 40.0, 100.0f64] {
        for k in [2u64, 4, 10] {
            let only: Vec<f64> = (1..=k).map(|j| f64::from(u8::from(j == k))).collect();
            let found = density::log_cdf(y.ln(), &only);
            assert!((found - even(k, y.ln().exp())).abs() < 1e-13, "{k} at {y}");
        }
        // Odd numbers lie between their neighbours, and the mixture between its ends.
        let mixed = density::log_cdf(y.ln(), &shares);
        assert!(mixed >= density::log_cdf(y.ln(), &product(12, false, 1).shares()) && mixed <= 1.0);
    }
    // P(χ²_1 ≤ 1) = erf(1/√2)
    assert!((density::log_cdf(0.0, &[1.0]) - 0.682_689_492_137_085_9).abs() < 1e-14);
}
