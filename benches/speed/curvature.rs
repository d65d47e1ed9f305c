//! Curvature at one net beside its products.

use vanishing_curvature::curvature::{Data, Layer, Loss, Network, Parameters, Pass};
use vanishing_curvature::network::{Gate, Law};
use vanishing_curvature::sampled::Streams;

use crate::measure::peak;
use crate::rates::shortest;
use crate::{Bench, Machine};

pub fn rows(bench: &mut Bench, machine: &Machine) {
    let mut rng = Streams::keyed(1, "bench", "curvature").chunk(0);
    for (width, depth, count) in [(16usize, 20usize, 4usize), (64, 100, 1), (32, 32, 32)] {
        let before = peak();
        let mut draw = |law: Law, size: usize| {
            let mut numbers = vec![0.0; size];
            law.sample(&mut rng, &mut numbers);
            numbers
        };
        let gate = |k: usize| if k + 1 < depth { Gate::Relu } else { Gate::Linear };
        let layers = (0..depth).map(|k| Layer::new(draw(Law::he_gaussian(width), width * width), width, width, gate(k)));
        let network = Network::new(layers.collect()).expect("shapes chain");
        let (inputs, targets) = (draw(Law::Gaussian(1.0), count * width), draw(Law::Gaussian(1.0), count * width));
        let data = Data::new(&network, count, inputs, targets).expect("fits");
        let direction = draw(Law::Gaussian(1.0), network.parameters());
        let run = || Pass::new(&network, &data, Loss::SquaredError).expect("runs");
        let pass = run();

        let (d, n, l) = (width as f64, count as f64, depth as f64);
        let floor = |operations: f64| (operations / machine.products, "its products");
        let net = format!("width {width}, depth {depth}, {}", if count == 1 { "1 sample".to_owned() } else { format!("{count} samples") });
        // Forward, backward, and the outer products.
        let gradient = shortest(9, || drop(run().gradient().expect("runs")));
        bench.row(&format!("gradient, {net}"), gradient, floor(6.0 * n * l * d * d), None);
        let product = shortest(9, || drop(pass.hessian_vector(&direction).expect("runs")));
        bench.row(&format!("Hessian-vector product at a held point, {net}"), product, (gradient, "a gradient"), Some(2.5));
        let one_shot = shortest(9, || drop(run().hessian_vector(&direction).expect("runs")));
        bench.row(&format!("one Hessian-vector product, {net}"), one_shot, (gradient, "a gradient"), Some(3.5));
        // Per pair of layers: P, A, its Gram matrix and that of P, and the two factors of the cross term.
        let pairs = l * (l - 1.0) / 2.0;
        let blocks = shortest(5, || drop(pass.block_norms(Parameters::Weights).expect("runs")));
        bench.row(&format!("all block norms, {net}"), blocks, floor(pairs * 2.0 * (2.0 * n * d.powi(3) + 4.0 * n * n * d * d)), Some(4.0));
        if let (Some(before), Some(after)) = (before, peak()) {
            let unit = (l * l + n * l * d * d) * 8.0 / f64::from(1 << 20);
            println!("  peak memory {after:.0} MiB, {before:.0} before; L² + n L d² numbers take {unit:.1} MiB");
        }
    }
}
