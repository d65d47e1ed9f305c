//! Zero-padded convolutions of small images on the processor: no tensor, no gather, no copy of what a filter sees.
//!
//! An image is one plane to a channel, its rows end to end with the zeros of the padding between them, so that a filter's place is one
//! offset for all pixels and a block of pixels is multiplied at once. A pixel's sum runs over the places in order, and within a place over
//! the channels, one fused multiplication and addition after the other: the same bits on every processor, in whatever lanes.

use std::array::from_fn;

use pulp::{Simd, WithSimd};

use crate::network::power;

/// A multiple of the pixels that any processor multiplies at once.
const BLOCK: usize = 8;

/// The planes of square images of one size under filters of one size.
#[derive(Clone, Debug)]
pub struct Planes<const CHANNELS: usize> {
    edge: usize,
    half: usize,
    /// The distance of a pixel from the one below it; the padding right of a row is that left of the next.
    pitch: usize,
    /// The distance of a channel's plane from the next.
    length: usize,
    /// What lies between a pixel and each place of a filter around it.
    offsets: Vec<isize>,
}

/// An image with its squared norm.
#[derive(Clone, Debug)]
pub struct Image {
    entries: Vec<f64>,
    /// ‖·‖₂²
    pub square: f64,
}

impl<const CHANNELS: usize> Planes<CHANNELS> {
    /// Images of that edge under filters of that odd edge.
    pub fn new(edge: usize, kernel: usize) -> Self {
        let half = kernel / 2;
        let pitch = edge + half;
        let blocks = (edge * pitch).next_multiple_of(BLOCK);
        let reach = -(half as isize)..=half as isize;
        let offsets = reach.clone().flat_map(|down| reach.clone().map(move |right| down * pitch as isize + right)).collect();
        Planes { edge, half, pitch, length: 2 * half * (pitch + 1) + blocks, offsets }
    }

    /// The image of those entries, one row to a pixel and one column to a channel.
    pub fn image(&self, entries: &[f64]) -> Image {
        let mut image = Image { entries: vec![0.0; CHANNELS * self.length], square: 0.0 };
        for ((row, column), pixel) in self.pixels().zip(entries.chunks_exact(CHANNELS)) {
            for (channel, entry) in pixel.iter().enumerate() {
                image.entries[channel * self.length + self.at(row, column)] = *entry;
            }
        }
        image.square = self.square(&image.entries);
        image
    }

    /// The image behind a filter with `weights` [place · channel in, channel out], its mantissas of ordinary size, and its squared norm
    /// before that.
    pub fn behind(&self, image: &Image, weights: &[f64]) -> (Image, f64) {
        let mut entries = vec![0.0; CHANNELS * self.length];
        fused(Filter { planes: self, from: &image.entries, weights, to: &mut entries });
        for plane in entries.chunks_exact_mut(self.length) {
            for row in 0..self.edge {
                plane[self.at(row, self.edge)..][..self.half].fill(0.0);
            }
            plane[self.at(self.edge, 0)..].fill(0.0);
        }
        let square = self.square(&entries);
        let taken = if square > 0.0 { power::exponent(square) / 2 } else { 0 };
        power::shift_all(&mut entries, -taken);
        (Image { entries, square: power::shift(square, -2 * taken) }, square)
    }

    /// Where a pixel lies in its plane.
    fn at(&self, row: usize, column: usize) -> usize {
        (self.half + row) * self.pitch + self.half + column
    }

    fn pixels(&self) -> impl Iterator<Item = (usize, usize)> {
        let edge = self.edge;
        (0..edge).flat_map(move |row| (0..edge).map(move |column| (row, column)))
    }

    fn square(&self, entries: &[f64]) -> f64 {
        let mut sum = 0.0;
        for row in 0..self.edge {
            let start = self.at(row, 0);
            let rows: [&[f64]; CHANNELS] = from_fn(|channel| &entries[channel * self.length + start..][..self.edge]);
            for column in 0..self.edge {
                for row in rows {
                    sum += row[column] * row[column];
                }
            }
        }
        sum
    }
}

/// All planes of an image through one filter.
struct Filter<'a, const CHANNELS: usize> {
    planes: &'a Planes<CHANNELS>,
    from: &'a [f64],
    weights: &'a [f64],
    to: &'a mut [f64],
}

impl<const CHANNELS: usize> WithSimd for Filter<'_, CHANNELS> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Filter { planes, from, weights, to } = self;
        let block = 2 * S::F64_LANES;
        for first in (planes.at(0, 0)..planes.at(planes.edge, 0)).step_by(block) {
            let mut sums = [[simd.splat_f64s(0.0); 2]; CHANNELS];
            for (offset, weights) in planes.offsets.iter().zip(weights.chunks_exact(CHANNELS * CHANNELS)) {
                let seen = first.wrapping_add_signed(*offset);
                for (channel, weights) in weights.chunks_exact(CHANNELS).enumerate() {
                    let (pixels, _) = S::as_simd_f64s(&from[channel * planes.length + seen..][..block]);
                    let pixels = [pixels[0], pixels[1]];
                    for (sums, weight) in sums.iter_mut().zip(weights) {
                        let weight = simd.splat_f64s(*weight);
                        *sums = [simd.mul_add_f64s(pixels[0], weight, sums[0]), simd.mul_add_f64s(pixels[1], weight, sums[1])];
                    }
                }
            }
            for (channel, sums) in sums.iter().enumerate() {
                S::as_mut_simd_f64s(&mut to[channel * planes.length + first..][..block]).0.copy_from_slice(sums);
            }
        }
    }
}

/// Work in the widest lanes that fuse multiplication and addition, or number by number with the same result.
fn fused<W: WithSimd>(work: W) -> W::Output {
    #[cfg(target_arch = "x86_64")]
    if let Some(processor) = pulp::x86::V3::try_new() {
        return Simd::vectorize(processor, work);
    }
    work.with_simd(pulp::Scalar)
}

#[cfg(test)]
mod tests {
    use candle_core::{Device, Tensor};

    use super::*;
    use crate::network::architecture::{Gather, Geometry, Padding};

    #[test]
    fn filtered_planes_are_candles_products_with_gathered_pixels() {
        for (edge, kernel) in [(1, 3), (2, 5), (7, 3), (9, 7), (16, 3)] {
            let number = |i: usize| ((i * 37 + 11) % 101) as f64 / 50.0 - 1.0;
            let entries: Vec<f64> = (0..edge * edge * 3).map(number).collect();
            let weights: Vec<f64> = (0..kernel * kernel * 9).map(|i| number(i + 5)).collect();
            let planes = Planes::<3>::new(edge, kernel);
            let image = planes.image(&entries);
            let (found, square) = planes.behind(&image, &weights);

            let geometry = Geometry { edge, kernel, stride: 1, padding: Padding::Zero };
            let gather = Gather::new(geometry, 1, &Device::Cpu).unwrap();
            let images = Tensor::from_vec(entries, (edge * edge, 3), &Device::Cpu).unwrap();
            let filter = Tensor::from_vec(weights, (kernel * kernel * 3, 3), &Device::Cpu).unwrap();
            let expected = gather.patches(&images).unwrap().matmul(&filter).unwrap();
            let expected: Vec<f64> = expected.flatten_all().unwrap().to_vec1().unwrap();
            let total: f64 = expected.iter().map(|x| x * x).sum();
            assert!((square / total - 1.0).abs() < 1e-13, "{square} instead of {total}");
            let taken = (total / found.square).sqrt();
            for ((row, column), expected) in planes.pixels().zip(expected.chunks_exact(3)) {
                for (channel, expected) in expected.iter().enumerate() {
                    let found = found.entries[channel * planes.length + planes.at(row, column)] * taken;
                    assert!((found - expected).abs() < 1e-12, "edge {edge}, pixel ({row}, {column}): {found} instead of {expected}");
                }
            }
            let all: f64 = found.entries.iter().map(|x| x * x).sum();
            assert!((all / found.square - 1.0).abs() < 1e-13, "the padding is zero");
        }
    }
}
