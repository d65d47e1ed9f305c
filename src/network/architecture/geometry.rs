//! Which pixels a filter sees: convolutions as gathers of rows, in both directions.
//!
//! Images are matrices of one row to a pixel (sample by sample, each row by row) and one column to a channel. A convolution gathers, for
//! every output pixel, the rows under the filter's places side by side, and multiplies by the weights.

use candle_core::{Device, Tensor};

use crate::network::NetworkError;

/// What a filter sees beyond the edge of an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Padding {
    /// Zeros.
    Zero,
    /// The opposite edge.
    Circular,
}

/// A way of sliding a filter over square images.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Geometry {
    /// The edge of an incoming image, in pixels.
    pub edge: usize,
    /// The edge of the filter, in pixels; odd.
    pub kernel: usize,
    /// The distance of the pixels at which the filter is read off.
    pub stride: usize,
    /// What the filter sees beyond the edge.
    pub padding: Padding,
}

impl Geometry {
    /// A single pixel: a fully connected layer.
    pub const POINT: Geometry = Geometry { edge: 1, kernel: 1, stride: 1, padding: Padding::Zero };

    /// The number of places of the filter.
    #[must_use]
    pub const fn places(self) -> usize {
        self.kernel * self.kernel
    }

    /// The edge of an outgoing image.
    #[must_use]
    pub const fn outgoing(self) -> usize {
        self.edge.div_ceil(self.stride)
    }

    /// For every output pixel and place of the filter, the input pixel there, if any.
    fn seen(self) -> Vec<Option<usize>> {
        let (n, half) = (self.edge as i64, self.kernel as i64 / 2);
        let inside = |at: i64| match self.padding {
            Padding::Zero => (0..n).contains(&at).then_some(at as usize),
            Padding::Circular => Some(at.rem_euclid(n) as usize),
        };
        let out = || (0..self.outgoing()).map(|i| (i * self.stride) as i64);
        let places = || (-half..=half).flat_map(move |down| (-half..=half).map(move |right| (down, right)));
        let pixel = |row: i64, column: i64| Some(inside(row)? * self.edge + inside(column)?);
        let centres = out().flat_map(|row| out().map(move |column| (row, column)));
        centres
            .flat_map(|(row, column)| places().map(move |(down, right)| (row + down, column + right)))
            .map(|(r, c)| pixel(r, c))
            .collect()
    }
}

/// Gathers of rows for a batch of images.
#[derive(Clone, Debug)]
pub struct Gather {
    /// The input row at every output row and place; the number of input rows where there is none.
    forward: Tensor,
    /// The output row that sees an input row at each place; the number of output rows where there is none.
    backward: Tensor,
    /// Places of the filter.
    places: usize,
    /// Whether every row sees itself alone.
    identity: bool,
}

impl Gather {
    /// The gathers of a geometry for that many images.
    ///
    /// # Errors
    /// If candle fails.
    pub fn new(geometry: Geometry, samples: usize, device: &Device) -> Result<Self, NetworkError> {
        let (seen, places) = (geometry.seen(), geometry.places());
        let (pixels, outputs) = (geometry.edge * geometry.edge, geometry.outgoing() * geometry.outgoing());
        let (rows, out_rows) = (samples * pixels, samples * outputs);
        let (mut forward, mut backward) = (vec![rows as u32; out_rows * places], vec![out_rows as u32; rows * places]);
        for sample in 0..samples {
            for (at, pixel) in seen.iter().enumerate() {
                let Some(pixel) = pixel else { continue };
                let (output, place) = (sample * outputs + at / places, at % places);
                forward[output * places + place] = (sample * pixels + pixel) as u32;
                backward[(sample * pixels + pixel) * places + place] = output as u32;
            }
        }
        let identity = geometry.kernel == 1 && geometry.stride == 1;
        let tensor = |indices: Vec<u32>| Tensor::new(indices, device);
        Ok(Gather { forward: tensor(forward)?, backward: tensor(backward)?, places, identity })
    }

    /// The rows that each output row sees, side by side.
    ///
    /// # Errors
    /// If candle fails.
    pub fn patches(&self, images: &Tensor) -> Result<Tensor, NetworkError> {
        self.gathered(images, &self.forward)
    }

    /// What each input row receives of rows sent back: those of the output rows that see it, side by side.
    ///
    /// # Errors
    /// If candle fails.
    pub fn returned(&self, adjoints: &Tensor) -> Result<Tensor, NetworkError> {
        self.gathered(adjoints, &self.backward)
    }

    /// The weights by which [`returned`](Self::returned) rows are multiplied: those of `weights` [places · in, out], turned around place by
    /// place.
    ///
    /// # Errors
    /// If candle fails.
    pub fn turned(&self, weights: &Tensor) -> Result<Tensor, NetworkError> {
        let (rows, columns) = weights.dims2()?;
        let inputs = rows / self.places;
        Ok(weights.reshape((self.places, inputs, columns))?.transpose(1, 2)?.contiguous()?.reshape((self.places * columns, inputs))?)
    }

    fn gathered(&self, rows: &Tensor, indices: &Tensor) -> Result<Tensor, NetworkError> {
        if self.identity {
            return Ok(rows.clone());
        }
        let columns = rows.dim(1)?;
        let nothing = Tensor::zeros((1, columns), rows.dtype(), rows.device())?;
        let found = Tensor::cat(&[rows, &nothing], 0)?.index_select(indices, 0)?;
        Ok(found.reshape((indices.elem_count() / self.places, self.places * columns))?)
    }
}
