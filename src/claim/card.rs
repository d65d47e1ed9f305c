//! What a theorem file declares: its card, quantities, claims, rivals and evidence.

use std::cmp::Ordering;

use super::observation::{Gathered, Unsettled};

/// A statement of the paper, or one beyond it, with its evidence.
#[derive(Debug)]
pub struct Theorem {
    /// The permanent identifier (`prop-3`): file name, command-line name, and key of every random stream.
    pub slug: &'static str,
    /// The title (`Proposition 3 · chain moments`).
    pub label: &'static str,
    /// Where the paper says it.
    pub source: &'static str,
    /// The statement in words, with its hypotheses.
    pub says: &'static str,
    /// What of the paper's wording could not be recovered and was derived again; `None` if nothing.
    pub reconstructed: Option<&'static str>,
    /// The slugs whose statements this one uses.
    pub follows_from: &'static [&'static str],
    /// The closed forms.
    pub quantities: &'static [Quantity],
    /// The statements that evidence is gathered for.
    pub claims: &'static [Claim],
    /// The numbers of the figures that show it.
    pub figures: &'static [&'static str],
}

/// A closed form: one formula, written once, as text.
#[derive(Debug)]
pub struct Quantity {
    /// The identifier within the theorem (`moment` of `prop-3.moment`).
    pub id: &'static str,
    /// What it is, in words and plain mathematics.
    pub says: &'static str,
    /// The formula, in the names that [`super::parameters`] derives from `parameters`.
    pub formula: &'static str,
    /// The command-line parameters that it takes.
    pub parameters: &'static [&'static str],
    /// Conditions on the parameters together, beyond the domain of each.
    pub requires: &'static [Requirement],
}

impl Quantity {
    /// A quantity without joint conditions on its parameters.
    #[must_use]
    pub const fn new(id: &'static str, says: &'static str, formula: &'static str, parameters: &'static [&'static str]) -> Self {
        Quantity { id, says, formula, parameters, requires: &[] }
    }

    /// The same quantity, defined only where every requirement holds.
    #[must_use]
    pub const fn requiring(self, requires: &'static [Requirement]) -> Self {
        Quantity { requires, ..self }
    }
}

/// A condition on several parameters.
#[derive(Debug)]
pub struct Requirement {
    /// A formula that must be positive.
    pub positive: &'static str,
    /// The condition in words (`b must lie above w0`).
    pub says: &'static str,
}

/// A statement under judgement: a quantity's formula and how the truth must relate to it.
#[derive(Debug)]
pub struct Claim {
    /// The identifier within the theorem.
    pub part: &'static str,
    /// The statement in words.
    pub says: &'static str,
    /// The quantity whose formula is judged.
    pub quantity: &'static str,
    /// How the formula must relate to the truth.
    pub relation: Relation,
    /// The verdict that the suite expects.
    pub expects: Expectation,
    /// Plausible errors that the evidence must refute.
    pub rivals: &'static [Rival],
    /// The evidence, strongest rung first.
    pub evidence: &'static [Evidence],
}

impl Claim {
    /// The claim that the quantity of the same name is the truth; rivals and evidence follow.
    #[must_use]
    pub const fn new(part: &'static str, says: &'static str) -> Self {
        Claim { part, says, quantity: part, relation: Relation::Equal, expects: Expectation::Agrees, rivals: &[], evidence: &[] }
    }

    /// The same claim about the quantity of that name.
    #[must_use]
    pub const fn of(self, quantity: &'static str) -> Self {
        Claim { quantity, ..self }
    }

    /// The same claim with another relation between formula and truth.
    #[must_use]
    pub const fn related(self, relation: Relation) -> Self {
        Claim { relation, ..self }
    }

    /// The same claim expecting another verdict.
    #[must_use]
    pub const fn expecting(self, expects: Expectation) -> Self {
        Claim { expects, ..self }
    }

    /// The same claim against these rivals, each a name and a wrong formula.
    #[must_use]
    pub const fn against(self, rivals: &'static [Rival]) -> Self {
        Claim { rivals, ..self }
    }

    /// The same claim with this evidence.
    #[must_use]
    pub const fn by(self, evidence: &'static [Evidence]) -> Self {
        Claim { evidence, ..self }
    }
}

/// How a formula's value must relate to the observed truth: `formula RELATION truth`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// formula = truth
    Equal,
    /// formula < truth
    Below,
    /// formula ≤ truth
    AtMost,
    /// formula > truth
    Above,
    /// formula ≥ truth
    AtLeast,
}

impl Relation {
    /// The sign between formula and truth.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Relation::Equal => "=",
            Relation::Below => "<",
            Relation::AtMost => "<=",
            Relation::Above => ">",
            Relation::AtLeast => ">=",
        }
    }

    /// Whether it holds between a formula and a truth that compare so.
    #[must_use]
    pub const fn holds(self, formula_to_truth: Ordering) -> bool {
        match self {
            Relation::Equal => formula_to_truth.is_eq(),
            Relation::Below => formula_to_truth.is_lt(),
            Relation::AtMost => formula_to_truth.is_le(),
            Relation::Above => formula_to_truth.is_gt(),
            Relation::AtLeast => formula_to_truth.is_ge(),
        }
    }
}

/// The verdict that a claim or a piece of evidence states beforehand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expectation {
    /// The formula agrees with the evidence.
    Agrees,
    /// The formula is false, and the evidence says so: an erratum.
    Refuted,
    /// The evidence must decline to decide: a demonstration of a refusal.
    Inconclusive,
}

/// A named plausible error in a formula.
#[derive(Debug)]
pub struct Rival {
    /// Short name (`mean for median`).
    pub name: &'static str,
    /// The wrong formula.
    pub formula: &'static str,
}

/// A plausible error: its name, and the wrong formula.
#[must_use]
pub const fn rival(name: &'static str, formula: &'static str) -> Rival {
    Rival { name, formula }
}

/// How strong a kind of evidence is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rung {
    /// An identity decided exactly; holds on the whole domain.
    Proved,
    /// A written argument: machine-checked identities and named lemmas. Refutes no rival by itself.
    Derived,
    /// The expectation over a finite weight law, all outcomes, in exact rationals.
    Enumerated,
    /// An inequality or enclosure in exact or outward-rounded arithmetic, on a stated finite range.
    Certified,
    /// Monte Carlo on real networks.
    Sampled,
    /// A differential equation, an optimiser or an inversion, error controlled.
    Integrated,
}

impl Rung {
    /// The name in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Rung::Proved => "proved",
            Rung::Derived => "derived",
            Rung::Enumerated => "enumerated",
            Rung::Certified => "certified",
            Rung::Sampled => "sampled",
            Rung::Integrated => "integrated",
        }
    }

    /// Whether a disagreement on this rung is decided without chance: such a rung must kill every rival of its claim.
    #[must_use]
    pub const fn is_exact(self) -> bool {
        matches!(self, Rung::Proved | Rung::Enumerated | Rung::Certified)
    }
}

/// Code that gathers observations, seeing the context and nothing of the formula.
pub type Gather = fn(&Context) -> Result<Gathered, Unsettled>;

/// One piece of evidence for a claim.
#[derive(Debug)]
pub struct Evidence {
    /// Its strength.
    pub rung: Rung,
    /// The method's name, unique within the claim (`order statistics`).
    pub method: &'static str,
    /// What is done, in words.
    pub says: &'static str,
    /// The written argument: all its identities must hold for the formula. Empty if there is none.
    pub argument: &'static [Step],
    /// The observations. `None` if the argument is the whole evidence.
    pub gather: Option<Gather>,
    /// The verdict expected of this piece, where it differs from the claim's.
    pub expects: Option<Expectation>,
}

impl Evidence {
    /// A proof by identities.
    #[must_use]
    pub const fn proved(method: &'static str, says: &'static str, argument: &'static [Step]) -> Self {
        Evidence { rung: Rung::Proved, method, says, argument, gather: None, expects: None }
    }

    /// A proof by exact observations whose extents cover the whole domain.
    #[must_use]
    pub const fn settled(method: &'static str, says: &'static str, gather: Gather) -> Self {
        Evidence { rung: Rung::Proved, method, says, argument: &[], gather: Some(gather), expects: None }
    }

    /// A written argument: identities and lemmas.
    #[must_use]
    pub const fn derived(method: &'static str, says: &'static str, argument: &'static [Step]) -> Self {
        Evidence { rung: Rung::Derived, method, says, argument, gather: None, expects: None }
    }

    /// All outcomes of finite laws, in exact rationals.
    #[must_use]
    pub const fn enumerated(method: &'static str, says: &'static str, gather: Gather) -> Self {
        Evidence { rung: Rung::Enumerated, method, says, argument: &[], gather: Some(gather), expects: None }
    }

    /// Enclosures in outward-rounded arithmetic.
    #[must_use]
    pub const fn certified(method: &'static str, says: &'static str, gather: Gather) -> Self {
        Evidence { rung: Rung::Certified, method, says, argument: &[], gather: Some(gather), expects: None }
    }

    /// Draws.
    #[must_use]
    pub const fn sampled(method: &'static str, says: &'static str, gather: Gather) -> Self {
        Evidence { rung: Rung::Sampled, method, says, argument: &[], gather: Some(gather), expects: None }
    }

    /// A numerical solution with controlled error.
    #[must_use]
    pub const fn integrated(method: &'static str, says: &'static str, gather: Gather) -> Self {
        Evidence { rung: Rung::Integrated, method, says, argument: &[], gather: Some(gather), expects: None }
    }

    /// The same evidence, resting on these steps too.
    #[must_use]
    pub const fn resting_on(self, argument: &'static [Step]) -> Self {
        Evidence { argument, ..self }
    }

    /// The same evidence, expecting another verdict than its claim does.
    #[must_use]
    pub const fn expecting(self, expects: Expectation) -> Self {
        Evidence { expects: Some(expects), ..self }
    }

    /// Whether it can count against a wrong formula: a written argument and a demonstrated refusal cannot.
    #[must_use]
    pub const fn weighs_rivals(&self) -> bool {
        !matches!(self.rung, Rung::Derived) && self.expects.is_none()
    }
}

/// One step of a written argument.
#[derive(Debug)]
pub enum Step {
    /// `left = right` for all values of the names, where the name `claimed` stands for the formula under judgement.
    Identity {
        /// What the identity says, in words.
        says: &'static str,
        /// The left side.
        left: &'static str,
        /// The right side.
        right: &'static str,
        /// The name by which the left side is differentiated first, if any.
        differentiate: Option<&'static str>,
    },
    /// An appeal to a lemma of the trusted base.
    Lemma {
        /// Its name in the trusted base.
        name: &'static str,
        /// How it is used here.
        says: &'static str,
    },
}

impl Step {
    /// `left = right` for all values of the names.
    #[must_use]
    pub const fn identity(says: &'static str, left: &'static str, right: &'static str) -> Self {
        Step::Identity { says, left, right, differentiate: None }
    }

    /// d(left)/d(name) = right for all values of the names.
    #[must_use]
    pub const fn derivative(says: &'static str, name: &'static str, left: &'static str, right: &'static str) -> Self {
        Step::Identity { says, left, right, differentiate: Some(name) }
    }

    /// An appeal to a lemma of the trusted base.
    #[must_use]
    pub const fn lemma(name: &'static str, says: &'static str) -> Self {
        Step::Lemma { name, says }
    }
}

/// How much to spend.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effort {
    /// Seconds: what the tests run.
    Quick,
    /// Minutes: the default audit.
    Standard,
    /// An hour.
    Thorough,
}

impl Effort {
    /// The name on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Effort::Quick => "quick",
            Effort::Standard => "standard",
            Effort::Thorough => "thorough",
        }
    }
}

/// Where tensors live.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Device {
    /// The processor.
    Cpu,
    /// The CUDA device of that number.
    Cuda(usize),
}

/// What a gatherer may know: everything that keys its random streams and sets its plan, nothing of the formula.
#[derive(Clone, Copy, Debug)]
pub struct Context {
    /// The seed of the audit.
    pub seed: u64,
    /// The theorem's slug.
    pub slug: &'static str,
    /// The claim's part.
    pub part: &'static str,
    /// The evidence's method.
    pub method: &'static str,
    /// How much to spend.
    pub effort: Effort,
    /// The probability of a false alarm that this evidence may spend, all its observations together.
    pub rate: f64,
    /// The probability that this evidence may miss a discrepancy of the size of its resolution.
    pub miss: f64,
    /// Where tensors live.
    pub device: Device,
}
