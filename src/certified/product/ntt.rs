//! Exact convolutions of non-negative integers, by transforms modulo the prime 2⁶⁴ − 2³² + 1.

/// p = 2⁶⁴ − 2³² + 1; p − 1 is divisible by 2³², and 7 generates its multiplicative group.
const PRIME: u64 = 0xffff_ffff_0000_0001;
const GENERATOR: u64 = 7;

/// Σ_j a_j b_{i−j} for all i, where every sum is below the prime; one transform less where both are the same.
pub fn self_or_pair(a: &[u64], b: &[u64]) -> Vec<u64> {
    if a.is_empty() || b.is_empty() {
        return vec![];
    }
    let length = a.len() + b.len() - 1;
    let size = length.next_power_of_two();
    let roots = roots(size);
    let transformed = |values: &[u64]| {
        let mut padded = values.to_vec();
        padded.resize(size, 0);
        transform(&mut padded, &roots);
        padded
    };
    let mut product = transformed(a);
    if a == b {
        product.iter_mut().for_each(|x| *x = multiply(*x, *x));
    } else {
        product.iter_mut().zip(transformed(b)).for_each(|(x, y)| *x = multiply(*x, y));
    }
    transform_back(&mut product, &roots);
    let scale = power(size as u64, PRIME - 2);
    product.truncate(length);
    product.iter_mut().for_each(|x| *x = multiply(*x, scale));
    product
}

/// The powers of the roots of unity of all orders 2h up to `size`, h of them each from place h on.
fn roots(size: usize) -> Vec<u64> {
    let mut all = vec![1; size];
    let root = power(GENERATOR, (PRIME - 1) / size as u64);
    for place in size / 2 + 1..size {
        all[place] = multiply(all[place - 1], root);
    }
    for place in (1..size / 2).rev() {
        all[place] = all[2 * place];
    }
    all
}

/// The transform in place, by decimation in frequency: it leaves its values in mirrored order.
fn transform(values: &mut [u64], roots: &[u64]) {
    let mut half = values.len() / 2;
    while half > 0 {
        for block in values.chunks_exact_mut(2 * half) {
            let (low, high) = block.split_at_mut(half);
            for ((x, y), root) in low.iter_mut().zip(high).zip(&roots[half..2 * half]) {
                (*x, *y) = (add(*x, *y), multiply(subtract(*x, *y), *root));
            }
        }
        half /= 2;
    }
}

/// From values in mirrored order back, times their number, by decimation in time: the inverse of a root of order 2h is minus its power
/// h − 1.
fn transform_back(values: &mut [u64], roots: &[u64]) {
    let mut half = 1;
    while half < values.len() {
        for block in values.chunks_exact_mut(2 * half) {
            let (low, high) = block.split_at_mut(half);
            let (low, first) = low.split_first_mut().expect("half is positive");
            let (high, second) = high.split_first_mut().expect("half is positive");
            (*low, *high) = (add(*low, *high), subtract(*low, *high));
            for ((x, y), root) in first.iter_mut().zip(second).zip(roots[half + 1..2 * half].iter().rev()) {
                let turned = multiply(*y, *root);
                (*x, *y) = (subtract(*x, turned), add(*x, turned));
            }
        }
        half *= 2;
    }
}

fn add(a: u64, b: u64) -> u64 {
    let (sum, over) = a.overflowing_add(b);
    if over || sum >= PRIME { sum.wrapping_sub(PRIME) } else { sum }
}

fn subtract(a: u64, b: u64) -> u64 {
    if a >= b { a - b } else { a.wrapping_sub(b).wrapping_add(PRIME) }
}

/// a b mod p: 2⁶⁴ ≡ 2³² − 1 and 2⁹⁶ ≡ −1.
fn multiply(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    let (low, high) = (product as u64, (product >> 64) as u64);
    let (middle, top) = (high & 0xffff_ffff, high >> 32);
    // The parts are below the prime but for `low`, which is below twice it.
    let low = if low >= PRIME { low - PRIME } else { low };
    add(subtract(low, top), middle * 0xffff_ffff)
}

fn power(mut base: u64, mut exponent: u64) -> u64 {
    let mut result = 1;
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = multiply(result, base);
        }
        base = multiply(base, base);
        exponent >>= 1;
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn convolutions_are_those_of_the_definition() {
        let mut state = 1u64;
        let mut next = |bound: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % bound
        };
        for (m, n) in [(1, 1), (1, 5), (7, 3), (16, 17), (100, 29)] {
            let a: Vec<u64> = (0..m).map(|_| next(1 << 28)).collect();
            let b: Vec<u64> = (0..n).map(|_| next(1 << 28)).collect();
            let term = |i: usize| (0..=i).filter(|j| *j < m && i - j < n).map(|j| a[j] * b[i - j]).sum::<u64>();
            let expected: Vec<u64> = (0..m + n - 1).map(term).collect();
            assert_eq!(self_or_pair(&a, &b), expected, "{m} and {n}");
            let square = |i: usize| (0..=i).filter(|j| *j < m && i - j < m).map(|j| a[j] * a[i - j]).sum::<u64>();
            assert_eq!(self_or_pair(&a, &a), (0..2 * m - 1).map(square).collect::<Vec<_>>(), "{m} squared");
        }
    }

    #[test]
    fn products_at_the_edge_of_the_prime_are_reduced() {
        for (a, b) in [(PRIME - 1, PRIME - 1), (PRIME - 1, 2), (1 << 63, 1 << 63), (0xffff_ffff, 0xffff_ffff_0000_0000)] {
            assert_eq!(u128::from(multiply(a, b)), u128::from(a) * u128::from(b) % u128::from(PRIME));
        }
    }
}
