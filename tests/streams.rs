//! The streams are a contract: another value here is another set of draws in every report.

use rand::Rng;
use vanishing_curvature::claim::{Context, Device, Effort, Point};
use vanishing_curvature::network::chain;
use vanishing_curvature::sampled::{Case, Generator, Streams, budget, medians};

const CONTEXT: Context = Context {
    seed: 7,
    slug: "thm-5",
    part: "median",
    method: "order statistics",
    effort: Effort::Quick,
    rate: 1e-3,
    miss: 1e-3,
    device: Device::Cpu,
};

fn first(streams: &Streams, chunk: u64) -> [u64; 3] {
    let mut generator = streams.chunk(chunk);
    [generator.next_u64(), generator.next_u64(), generator.next_u64()]
}

// The expected values come from an implementation of SHA-256, ChaCha8 and rational products in another language.

#[test]
fn draws_are_these() {
    let streams = Streams::new(&CONTEXT, "depth 5");
    assert_eq!(first(&streams, 0), [1076186709423047956, 3937868460922164555, 15284679698053918771]);
    assert_eq!(first(&streams, 1), [12730994446636578205, 8386781783364253178, 2881465032265220021]);
    let own = Streams::of_evidence(&CONTEXT, "depth 5");
    assert_eq!(first(&own, 0), [16422610744581709885, 9640045259080328907, 13161319899842539938]);
    let empty = Streams::keyed(0, "", "");
    assert_eq!(first(&empty, 0), [11346555560724252826, 14622265240396561557, 16012901025344575198]);
}

#[test]
fn chains_are_these() {
    let mut generator = Streams::new(&CONTEXT, "depth 5").chunk(0);
    let products = chain::products(&candle_core::Device::Cpu, &[5, 40], 2, &mut generator).unwrap();
    let expected = [(1.0623872191608492, -4), (-1.5779114720887855, -4), (-1.178389023273597, -64), (1.6014503072727737, -57)];
    for (found, (mantissa, exponent)) in products.concat().into_iter().zip(expected) {
        assert_eq!(found.exponent(), exponent);
        assert!((found.mantissa() / mantissa - 1.0f64).abs() < 40.0 * 2f64.powi(-53), "{found:?}");
    }
}

#[test]
fn every_part_of_the_key_makes_another_stream() {
    let base = Streams::keyed(1, "thm-5", "depth 5");
    let others = [
        Streams::keyed(2, "thm-5", "depth 5"),
        Streams::keyed(1, "thm-4", "depth 5"),
        Streams::keyed(1, "thm-5", "depth 50"),
        Streams::keyed(1, "thm-5d", "epth 5"),
        Streams::keyed(1, "thm-5depth 5", ""),
        Streams::of_evidence(&CONTEXT, "depth 5"),
        Streams::of_evidence(&Context { part: "mean", ..CONTEXT }, "depth 5"),
        Streams::of_evidence(&Context { method: "mean", ..CONTEXT }, "depth 5"),
    ];
    let mut all: Vec<u64> = others.iter().chain([&base]).flat_map(|streams| [0, 1, u64::MAX].map(|c| first(streams, c)[0])).collect();
    all.sort_unstable();
    let count = all.len();
    all.dedup();
    assert_eq!(all.len(), count);
    let same = Context { effort: Effort::Thorough, rate: 0.5, device: Device::Cuda(1), ..CONTEXT };
    assert_eq!(Streams::new(&CONTEXT, "depth 5"), Streams::new(&same, "depth 5"));
}

#[test]
fn chunks_cover_all_draws_once_and_in_order() {
    let streams = Streams::keyed(1, "thm-5", "chunks");
    for (draws, size) in [(0, 3), (1, 3), (9, 3), (10, 3), (2, 100)] {
        let ranges = streams.map_chunks(draws, size, |_, range| range);
        assert!(ranges.iter().all(|range| range.end - range.start <= size));
        assert!(ranges.into_iter().flatten().eq(0..draws));
    }
    let found = streams.map_chunks(12, 4, |generator, _| generator.next_u64());
    assert_eq!(found, [0, 1, 2].map(|chunk| first(&streams, chunk)[0]));
}

#[test]
fn threads_change_nothing() {
    let gather = || {
        let cases = [5usize, 40].map(|depth| Case {
            point: Point::new(),
            configuration: format!("depth {depth}"),
            setting: depth,
            cost: depth as u64,
            guess: 0.05,
        });
        let draw = |depth: &usize, generator: &mut Generator, n: usize| chain::magnitudes(&candle_core::Device::Cpu, *depth, n, generator);
        let streams = Streams::keyed(1, "thm-5", "sums");
        let sums = streams.map_chunks(100_000, 1000, |generator, range| range.map(|_| generator.next_u64() as f64).sum::<f64>());
        format!("{:?} {}", medians(&CONTEXT, &cases, draw).unwrap(), sums.iter().sum::<f64>())
    };
    let with = |threads: usize| rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(gather);
    assert_eq!(with(1), with(3));
}

#[test]
fn budgets_are_these() {
    // 10⁻⁶ over 64 theorems, and 5 pieces of evidence in this one.
    assert!((budget(5).rate - 3.125e-9).abs() < 1e-24);
    assert!((budget(5).miss - 3.125e-9).abs() < 1e-24);
}
