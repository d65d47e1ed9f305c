//! Bernoulli numbers, exact.

use std::sync::Mutex;

use dashu::integer::{IBig, UBig};
use dashu::rational::RBig;

/// B_2, B_4, …, B_2n.
pub(super) fn bernoulli_numbers(count: usize) -> Vec<RBig> {
    static KNOWN: Mutex<Vec<RBig>> = Mutex::new(Vec::new());
    let mut known = KNOWN.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if known.len() < count {
        *known = compute(count.next_multiple_of(32));
    }
    known[..count].to_vec()
}

/// B_2k = (−1)^(k−1) 2k T_k / (4^k (4^k − 1)) with the tangent numbers T_k (tan x = Σ T_k x^(2k−1)/(2k−1)!), which obey an
/// integer recurrence: R. P. Brent and D. Harvey, "Fast computation of Bernoulli, tangent and secant numbers", Algorithm
/// `TangentNumbers` (arXiv:1108.0286).
fn compute(count: usize) -> Vec<RBig> {
    let mut tangent = vec![UBig::ONE];
    for k in 1..count {
        let next = &tangent[k - 1] * k;
        tangent.push(next);
    }
    for k in 2..=count {
        for j in k..=count {
            tangent[j - 1] = &tangent[j - 2] * (j - k) + &tangent[j - 1] * (j - k + 2);
        }
    }
    let number = |(index, tangent): (usize, UBig)| {
        let k = index + 1;
        let power = UBig::ONE << (2 * k);
        let size = RBig::from_parts(IBig::from(tangent * (2 * k)), &power * (&power - UBig::ONE));
        if k % 2 == 1 { size } else { -size }
    };
    tangent.into_iter().enumerate().map(number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_bernoulli_numbers_and_a_late_one() {
        let ratio = |p: i64, q: u64| RBig::from_parts(p.into(), q.into());
        let known = bernoulli_numbers(15);
        assert_eq!(known[..5], [ratio(1, 6), ratio(-1, 30), ratio(1, 42), ratio(-1, 30), ratio(5, 66)]);
        // Abramowitz and Stegun, table 23.2.
        assert_eq!(known[14], ratio(8_615_841_276_005, 14322));
    }

    #[test]
    fn the_defining_recurrence_holds() {
        // Σ_{j ≤ m} C(m + 1, j) B_j = 0 for m ≥ 1, with B_1 = −1/2: another route than the tangent numbers.
        let even = bernoulli_numbers(40);
        for m in (2..=80_u64).step_by(2) {
            let mut choose = RBig::ONE;
            let mut sum = RBig::ZERO;
            for j in 0..=m {
                let number = match j {
                    0 => RBig::ONE,
                    1 => RBig::from_parts((-1).into(), 2_u8.into()),
                    _ if j % 2 == 1 => RBig::ZERO,
                    _ => even[j as usize / 2 - 1].clone(),
                };
                sum += &choose * number;
                choose = choose * RBig::from(m + 1 - j) / RBig::from(j + 1);
            }
            assert_eq!(sum, RBig::ZERO, "m = {m}");
        }
    }
}
