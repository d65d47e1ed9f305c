//! Axes: ranges, ticks and their labels.

use crate::report::decimal::raised;

/// A scale from data to a span of pixels. On a logarithmic axis the data are already log10.
#[derive(Clone, Debug)]
pub(super) struct Ruler {
    low: f64,
    high: f64,
    logarithmic: bool,
}

/// A labelled tick.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tick {
    /// Its place, in data (log10 on a logarithmic axis).
    pub(super) at: f64,
    pub(super) label: String,
}

impl Ruler {
    /// A ruler over all finite `values`, with a little air; `None` if there are none.
    pub(super) fn over(values: impl Iterator<Item = f64>, logarithmic: bool) -> Option<Self> {
        let (low, high) = values
            .filter(|value| value.is_finite())
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
        if low > high {
            return None;
        }
        let span = high - low;
        let air = if span > 0.0 {
            span * 0.05
        } else if logarithmic || low == 0.0 {
            0.5
        } else {
            low.abs() * 0.1
        };
        Some(Ruler { low: low - air, high: high + air, logarithmic })
    }

    /// Where a value lies between the ends: 0 at the lower, 1 at the upper.
    pub(super) fn share(&self, value: f64) -> f64 {
        (value - self.low) / (self.high - self.low)
    }

    /// About `wanted` ticks at round numbers.
    pub(super) fn ticks(&self, wanted: usize) -> Vec<Tick> {
        if self.logarithmic { self.decades(wanted) } else { self.steps(wanted) }
    }

    fn decades(&self, wanted: usize) -> Vec<Tick> {
        let (first, last) = (self.low.ceil() as i64, self.high.floor() as i64);
        if last - first < 2 {
            return self.within_decades();
        }
        let step = round_step((last - first) as f64 / wanted as f64).max(1.0) as i64;
        let start = first.div_euclid(step) * step;
        (start..=last)
            .step_by(step as usize)
            .filter(|&exponent| exponent >= first)
            .map(|exponent| Tick { at: exponent as f64, label: power_of_ten(exponent) })
            .collect()
    }

    /// Ticks at 1, 2 and 5 times powers of ten, for an axis of less than two decades; at round steps where it is shorter still.
    fn within_decades(&self) -> Vec<Tick> {
        let mut ticks = Vec::new();
        for exponent in self.low.floor() as i64..=self.high.floor() as i64 {
            for factor in [1.0f64, 2.0, 5.0] {
                let at = exponent as f64 + factor.log10();
                if (self.low..=self.high).contains(&at) {
                    ticks.push(Tick { at, label: times_power_of_ten(factor, exponent) });
                }
            }
        }
        let plain = self.low > -4.0 && self.high < 6.0;
        if ticks.len() < 2 && plain {
            let (low, high) = (10f64.powf(self.low), 10f64.powf(self.high));
            let linear = Ruler { low, high, logarithmic: false };
            return linear.steps(4).into_iter().map(|tick| Tick { at: tick.at.log10(), ..tick }).collect();
        }
        if ticks.len() < 2 {
            return self.steps(4).into_iter().map(|tick| Tick { label: format!("10^{}", tick.label), ..tick }).collect();
        }
        ticks
    }

    fn steps(&self, wanted: usize) -> Vec<Tick> {
        let step = round_step((self.high - self.low) / wanted as f64);
        let decimals = (-step.log10().floor()).max(0.0);
        let first = (self.low / step).ceil() as i64;
        let last = (self.high / step).floor() as i64;
        (first..=last)
            .map(|k| {
                let at = k as f64 * step;
                Tick { at, label: plain(at, step, decimals) }
            })
            .collect()
    }
}

/// The step of 1, 2 or 5 times a power of ten nearest above.
fn round_step(least: f64) -> f64 {
    let power = 10f64.powf(least.log10().floor());
    [1.0, 2.0, 5.0, 10.0].into_iter().map(|factor| factor * power).find(|step| *step >= least * 0.999).unwrap_or(10.0 * power)
}

/// A tick of a linear axis.
fn plain(at: f64, step: f64, decimals: f64) -> String {
    if at == 0.0 {
        return "0".to_owned();
    }
    let text = if step >= 1e6 || decimals > 5.0 {
        let exponent = at.abs().log10().floor();
        let digits = (exponent - step.log10().floor()).max(0.0) as usize;
        let mantissa = format!("{:.digits$}", at / 10f64.powf(exponent));
        format!("{mantissa}·10{}", raised(exponent as i64))
    } else {
        format!("{at:.precision$}", precision = decimals as usize)
    };
    text.replace('-', "−")
}

/// 10^exponent as readers write it.
fn power_of_ten(exponent: i64) -> String {
    match exponent {
        0 => "1".to_owned(),
        1 => "10".to_owned(),
        _ => format!("10{}", raised(exponent)),
    }
}

fn times_power_of_ten(factor: f64, exponent: i64) -> String {
    match exponent {
        -3..=-1 => format!("{:.precision$}", factor * 10f64.powi(exponent as i32), precision = -exponent as usize),
        0..=4 => format!("{:.0}", factor * 10f64.powi(exponent as i32)),
        _ if factor == 1.0 => power_of_ten(exponent),
        _ => format!("{factor:.0}·10{}", raised(exponent)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(low: f64, high: f64, logarithmic: bool) -> Vec<String> {
        let ruler = Ruler { low, high, logarithmic };
        ruler.ticks(6).into_iter().map(|tick| tick.label).collect()
    }

    #[test]
    fn decades_far_outside_f64_have_few_round_ticks() {
        assert_eq!(labels(-2_031.0, 14.0, true), ["10⁻²⁰⁰⁰", "10⁻¹⁵⁰⁰", "10⁻¹⁰⁰⁰", "10⁻⁵⁰⁰", "1"]);
        assert_eq!(labels(-3.2, 2.1, true), ["10⁻³", "10⁻²", "10⁻¹", "1", "10", "10²"]);
    }

    #[test]
    fn short_logarithmic_axes_still_have_ticks() {
        assert_eq!(labels(0.2, 1.4, true), ["2", "5", "10", "20"]);
        assert!(labels(0.31, 0.35, true).len() >= 2);
        assert!(labels(-400.31, -400.29, true).len() >= 2);
    }

    #[test]
    fn linear_axes_count_in_ones_twos_and_fives() {
        assert_eq!(labels(-0.3, 2.2, false), ["0.0", "0.5", "1.0", "1.5", "2.0"].map(|label| if label == "0.0" { "0" } else { label }));
        assert_eq!(labels(0.0, 3.1e-7, false).last().map(String::as_str), Some("3·10⁻⁷"));
    }

    #[test]
    fn a_single_value_gets_room_around_it() {
        let ruler = Ruler::over([3.0].into_iter(), false).unwrap();
        assert!((ruler.share(3.0) - 0.5).abs() < 1e-12);
        assert!(Ruler::over([f64::NAN, f64::INFINITY].into_iter(), false).is_none());
    }
}
