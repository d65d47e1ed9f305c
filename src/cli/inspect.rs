//! `inspect`: a user's own perceptron, where it stands, and the curvature of its loss.

use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::curvature::Loss;
use crate::inspect::{Request, inspect};
use crate::network::Gate;
use crate::report::decimal;
use crate::report::html::inspection;
use crate::report::json::{InspectDocument, Num};
use crate::report::write::{Rendered, write};

use super::Session;
use super::console::Progress;
use super::exit::{Exit, Failure};
use super::table::Table;

/// The layers up to which block norms are printed as text.
const PRINTED: usize = 8;

#[derive(Debug, Args)]
pub(super) struct Inspect {
    /// The net: 2-D tensors in natural order of their names are the layers, 1-D tensors beside them biases
    #[arg(value_name = "NET.safetensors")]
    net: PathBuf,
    /// The data: tensors `x` [n, inputs] and `y` [n, outputs]
    #[arg(value_name = "DATA.safetensors")]
    data: Option<PathBuf>,
    /// The gate after each layer but the last
    #[arg(long, default_value = "relu", value_parser = gate())]
    gate: Gate,
    /// The loss
    #[arg(long, default_value = "squared", value_parser = loss())]
    loss: Loss,
    /// Also write one HTML file with the block norms and the spectrum
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
}

fn gate() -> impl TypedValueParser<Value = Gate> {
    PossibleValuesParser::new(["relu", "linear"]).map(|name| if name == "linear" { Gate::Linear } else { Gate::Relu })
}

fn loss() -> impl TypedValueParser<Value = Loss> {
    let names = PossibleValuesParser::new(["squared", "cross-entropy"]);
    names.map(|name| if name == "squared" { Loss::SquaredError } else { Loss::CrossEntropy })
}

impl Inspect {
    pub fn run(&self, session: &Session<'_>) -> Result<Exit, Failure> {
        let target = self.html.as_deref().map(target).transpose()?;
        let progress = Progress::start();
        let (net, data) = (self.net.as_path(), self.data.as_deref());
        let tell = |what: &str| progress.say(what);
        let request = Request { net, data, gate: self.gate, loss: self.loss, version: super::VERSION, tell: &tell };
        let document = inspect(&request).map_err(|error| Failure::new(error.to_string()))?;
        drop(progress);
        if let Some((directory, name)) = target {
            write(directory, &[Rendered::new(name, inspection::render(&document))])
                .map_err(|error| Failure::new(format!("cannot write to --html {}: {}", directory.join(name).display(), error.source)))?;
        }
        if session.json {
            session.console.document(&document)?;
        } else {
            print(session, &document)?;
        }
        Ok(Exit::AsExpected)
    }
}

/// The directory and the name of the page, if it can be written.
fn target(path: &Path) -> Result<(&Path, &Path), Failure> {
    let failure = |why: &str| {
        Failure::new(format!("cannot write to --html {}: {why}; name a file in a directory that you may write to", path.display()))
    };
    let name = path.file_name().map(Path::new).ok_or_else(|| failure("it names no file"))?;
    let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if path.is_dir() {
        return Err(failure("it is a directory"));
    }
    if !directory.is_dir() {
        return Err(failure("its directory does not exist"));
    }
    tempfile::tempfile_in(directory).map_err(|error| failure(&error.to_string()))?;
    Ok((directory, name))
}

fn print(session: &Session<'_>, document: &InspectDocument) -> Result<(), Failure> {
    let console = session.console;
    for sentence in &document.says {
        console.line(sentence)?;
    }
    let mut layers = Table::new(&["layer", "shape", "gate", "variance", "keeps the norm", "factor", "dead", "gradient"]);
    for layer in &document.layers {
        let shape = document.tensors.iter().find(|tensor| tensor.name == layer.weight).map(|tensor| format!("{:?}", tensor.shape));
        let gradient = document.gradient_norms.as_ref().and_then(|norms| norms.get(&layer.weight));
        layers.row([
            layer.weight.clone(),
            shape.unwrap_or_default(),
            layer.gate.clone(),
            short(&layer.variance),
            short(&Num::finite(layer.stable_variance)),
            short(&Num::finite(layer.factor)),
            layer.dead_fraction.map_or_else(|| "—".to_owned(), |share| short(&Num::finite(share))),
            gradient.map_or_else(|| "—".to_owned(), short),
        ]);
    }
    console.line("")?;
    for line in layers.lines(console) {
        console.line(line)?;
    }
    let Some(blocks) = &document.weight_block_norms else { return Ok(()) };
    console.line("\nFrobenius norms of the Hessian's blocks over the weights")?;
    if blocks.len() > PRINTED {
        return console.line(format_args!("{0} × {0} of them: see --json or --html", blocks.len()));
    }
    let mut table = Table::new(&[""]);
    for (name, row) in document.weight_names.iter().zip(blocks) {
        table.row(std::iter::once(name.clone()).chain(row.iter().map(short)));
    }
    for line in table.lines(console).into_iter().skip(1) {
        console.line(line)?;
    }
    Ok(())
}

fn short(num: &Num) -> String {
    decimal::text(num, 3)
}
