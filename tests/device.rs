//! On a GPU the audit finds what it finds on the processor. Without one these tests are left out, and say why.

use libtest_mimic::{Arguments, Failed, Trial};
use vanishing_curvature::audit::{self, Options};
use vanishing_curvature::claim::{Device, Effort, Outcome, Theorem, Verdict};
use vanishing_curvature::network::device;
use vanishing_curvature::theorems::CATALOG;

/// Sums in another order differ by this relative to the value; estimates by no more than a few dozen times.
const BOUND: f64 = 1e-9;

/// One claim for each engine that multiplies on a device: layers, particles, order statistics, chains, gradients, images.
const SLUGS: [&str; 6] = ["lemma-15", "thm-17", "thm-9", "thm-5", "ext-gradient", "ext-padding"];

fn main() {
    let arguments = Arguments::from_args();
    let absent = device::open(Device::Cuda(0)).err();
    if let Some(why) = &absent {
        println!("skipped, no GPU: {why}");
    }
    let trial = |slug: &'static str| {
        Trial::test(format!("{slug}_on_a_gpu_is_{slug}_on_the_processor"), move || compared(slug)).with_ignored_flag(absent.is_some())
    };
    libtest_mimic::run(&arguments, SLUGS.into_iter().map(trial).collect()).exit();
}

fn compared(slug: &str) -> Result<(), Failed> {
    let selection: Vec<&'static Theorem> = CATALOG.iter().copied().filter(|theorem| theorem.slug == slug).collect();
    let run = |device: Device| audit::run(&selection, &Options { seed: audit::SEED, effort: Effort::Quick, device }, &|_| ());
    let (host, gpu) = (run(Device::Cpu), run(Device::Cuda(0)));
    let mut furthest = 0.0f64;
    for (host, gpu) in host.iter().zip(&gpu) {
        let name = format!("{slug}.{} by {}", host.part, host.method);
        if kind(&host.judgement.verdict) != kind(&gpu.judgement.verdict) {
            return Err(format!("{name}: {:?} on the processor, {:?} on the GPU", host.judgement.verdict, gpu.judgement.verdict).into());
        }
        furthest = furthest.max(apart(host, gpu));
    }
    println!("{slug}: estimates at most {furthest:.1e} apart, relative; the bound is {BOUND:.0e}");
    if furthest <= BOUND && host.len() == gpu.len() { Ok(()) } else { Err("further apart than the bound".into()) }
}

fn kind(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Agrees => "agrees",
        Verdict::Refuted(_) => "refuted",
        Verdict::Inconclusive(_) => "inconclusive",
        Verdict::Skipped(_) => "skipped",
    }
}

/// How far the estimates shown are apart, relative to the processor's.
fn apart(host: &Outcome, gpu: &Outcome) -> f64 {
    let log = |outcome: &Outcome| outcome.judgement.shown.as_ref()?.estimate?.log;
    log(host).zip(log(gpu)).map_or(0.0, |(host, gpu)| (gpu - host).exp_m1().abs())
}
