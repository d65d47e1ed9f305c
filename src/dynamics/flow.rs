//! Autonomous flows ẏ = f(y): Dormand and Prince's method of order 8, and the exact passage of a coordinate through a level.

use ode_solvers::dop_shared::{IntegrationError, OutputType, System};
use ode_solvers::{DVector, Dop853};
use thiserror::Error;

/// The most steps of one integration.
const MOST_STEPS: u32 = 1_000_000;

/// An autonomous flow in N coordinates.
pub struct Flow<const N: usize, F> {
    /// The rates f(y).
    pub rates: F,
    /// The typical size of each coordinate at the start, above 0: errors are controlled relative to it and to the coordinate.
    pub scales: [f64; N],
    /// The typical time of change at the start, above 0.
    pub unit: f64,
}

/// The passage of a coordinate through a level.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Passage<const N: usize> {
    /// When.
    pub time: f64,
    /// Where.
    pub state: [f64; N],
}

/// The solver's steps, (time, state), as far as it came, and whether it failed there.
type Steps<S> = (Vec<(f64, S)>, Result<(), IntegrationError>);

/// Why an integration came to no result.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum FlowError {
    /// The solver gave up; its reason.
    #[error("the solver gave up: {0}")]
    Solver(String),
    /// The level was not reached in the given time.
    #[error("the level is not reached by time {0}")]
    NotReached(f64),
}

impl From<IntegrationError> for FlowError {
    fn from(error: IntegrationError) -> Self {
        FlowError::Solver(error.to_string())
    }
}

impl<const N: usize, F: Fn(&[f64; N]) -> [f64; N]> Flow<N, F> {
    /// The states at the solver's own steps from time 0 to `end`, with their times. Each step's estimated error is at most
    /// `tolerance` relative to the coordinates and their scales.
    ///
    /// # Errors
    /// [`FlowError::Solver`] if the steps become too small or too many.
    pub fn path(&self, start: [f64; N], end: f64, tolerance: f64) -> Result<Vec<(f64, [f64; N])>, FlowError> {
        let (path, ended) = self.integrate(start, end, tolerance, |_| false);
        ended?;
        Ok(path)
    }

    /// The state at time `end`.
    ///
    /// # Errors
    /// As [`Flow::path`].
    pub fn at(&self, start: [f64; N], end: f64, tolerance: f64) -> Result<[f64; N], FlowError> {
        self.path(start, end, tolerance).map(|path| path.last().map_or(start, |(_, state)| *state))
    }

    /// When the coordinate, which starts below `level`, first reaches it, no later than `horizon`.
    ///
    /// The event is located as Hénon does (Physica D 5 (1982) 412): from the last step before the level on, the coordinate
    /// keeps the pace (its rate is 1) and time is one more coordinate, so that a single integration ends at the level. The
    /// coordinate must increase there. The same is done from where steps in time underflow, as they do on the way to a blow-up.
    ///
    /// # Errors
    /// [`FlowError::NotReached`], or as [`Flow::path`].
    pub fn passage(&self, start: [f64; N], coordinate: usize, level: f64, horizon: f64, tolerance: f64) -> Result<Passage<N>, FlowError> {
        let stop = |state: &[f64]| state[coordinate] >= level;
        let (path, end) = self.integrate(start, horizon, tolerance, stop);
        let reached = path.iter().position(|(_, state)| state[coordinate] >= level);
        let (before, state) = match (reached, end) {
            (Some(reached), _) => path[reached.saturating_sub(1)],
            // Time is too coarse to follow the flow any further: the coordinate is not.
            (None, Err(IntegrationError::StepSizeUnderflow { .. })) => *path.last().ok_or(FlowError::NotReached(horizon))?,
            (None, Err(error)) => return Err(error.into()),
            (None, Ok(())) => return Err(FlowError::NotReached(horizon)),
        };
        let paced = |y: &[f64], rates: &mut [f64]| {
            let speeds = (self.rates)(&leading(y));
            let speed = speeds[coordinate];
            rates.iter_mut().zip(speeds.map(|rate| rate / speed).into_iter().chain([1.0 / speed])).for_each(|(to, from)| *to = from);
        };
        let scales: Vec<f64> = self.scales.iter().copied().chain([self.unit]).collect();
        let start: Vec<f64> = state.iter().copied().chain([0.0]).collect();
        let (found, end) = solve(paced, &start, level - state[coordinate], &scales, tolerance, |_| false);
        end?;
        let (_, last) = found.last().ok_or(FlowError::NotReached(horizon))?;
        let mut state = leading(last);
        state[coordinate] = level;
        Ok(Passage { time: before + last[N], state })
    }

    fn integrate(&self, start: [f64; N], end: f64, tolerance: f64, stop: impl Fn(&[f64]) -> bool) -> Steps<[f64; N]> {
        let rates = |y: &[f64], rates: &mut [f64]| {
            rates.iter_mut().zip((self.rates)(&leading(y))).for_each(|(to, from)| *to = from * self.unit);
        };
        let (path, ended) = solve(rates, &start, end / self.unit, &self.scales, tolerance, stop);
        (path.into_iter().map(|(time, state)| (time * self.unit, leading(&state))).collect(), ended)
    }
}

/// The first N coordinates.
fn leading<const N: usize>(y: &[f64]) -> [f64; N] {
    std::array::from_fn(|i| y[i])
}

/// An autonomous equation ẏ = rates(y) in coordinates divided by their scales, and where to stop.
///
/// Only autonomous equations: of ode_solvers 0.6.2, where the twelfth node c is 0 instead of 1, an explicit independent variable loses
/// the order.
struct Scaled<'a, R, S> {
    rates: R,
    scales: &'a [f64],
    stop: S,
}

impl<R, S> Scaled<'_, R, S> {
    fn state(&self, y: &DVector<f64>) -> Vec<f64> {
        y.iter().zip(self.scales).map(|(y, scale)| y * scale).collect()
    }
}

impl<R: Fn(&[f64], &mut [f64]), S: Fn(&[f64]) -> bool> System<f64, DVector<f64>> for Scaled<'_, R, S> {
    fn system(&self, _: f64, y: &DVector<f64>, dy: &mut DVector<f64>) {
        (self.rates)(&self.state(y), dy.as_mut_slice());
        dy.iter_mut().zip(self.scales).for_each(|(rate, scale)| *rate /= scale);
    }

    fn solout(&mut self, _: f64, y: &DVector<f64>, _: &DVector<f64>) -> bool {
        (self.stop)(&self.state(y))
    }
}

/// The solution at the solver's steps from 0 to `end`, or to where it stops or fails, and whether it failed.
fn solve(
    rates: impl Fn(&[f64], &mut [f64]),
    start: &[f64],
    end: f64,
    scales: &[f64],
    tolerance: f64,
    stop: impl Fn(&[f64]) -> bool,
) -> Steps<Vec<f64>> {
    if end == 0.0 {
        return (vec![(0.0, start.to_vec())], Ok(()));
    }
    let y = DVector::from_iterator(start.len(), start.iter().zip(scales).map(|(y, scale)| y / scale));
    let (safety, beta, least, most) = (0.9, 0.0, 0.333, 6.0);
    let mut solver = Dop853::from_param(
        Scaled { rates, scales, stop },
        0.0,
        end,
        end,
        y,
        tolerance,
        tolerance,
        safety,
        beta,
        least,
        most,
        end,
        0.0,
        MOST_STEPS,
        MOST_STEPS,
        OutputType::Sparse,
    );
    let ended = solver.integrate().map(|_| ());
    let states = solver.y_out().iter().map(|y| y.iter().zip(scales).map(|(y, scale)| y * scale).collect());
    (solver.x_out().iter().copied().zip(states).collect(), ended)
}
