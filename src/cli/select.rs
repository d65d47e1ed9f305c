//! Names of claims, quantities and figures on the command line, with the nearest ones where there is none of that name.

use crate::claim::figure::Figure;
use crate::claim::parameters::nearest_first;
use crate::claim::{Quantity, Theorem};
use crate::report::Catalogue;

use super::exit::Failure;

/// How many near names an error offers.
const OFFERED: usize = 3;

/// The theorem of that slug.
pub(super) fn theorem(catalogue: &Catalogue<'_>, slug: &str) -> Result<&'static Theorem, Failure> {
    catalogue.theorem(slug).ok_or_else(|| {
        let near = nearest_first(slug, catalogue.theorems.iter().map(|theorem| theorem.slug));
        Failure::new(format!("there is no claim `{slug}`{}; `vanishing-curvature list` shows all", offer(&near)))
    })
}

/// The theorems of those slugs, each once, in the order of the catalogue; all of them for no slugs.
pub(super) fn theorems(catalogue: &Catalogue<'_>, slugs: &[String]) -> Result<Vec<&'static Theorem>, Failure> {
    for slug in slugs {
        theorem(catalogue, slug)?;
    }
    let chosen = |theorem: &&'static Theorem| slugs.is_empty() || slugs.iter().any(|slug| slug == theorem.slug);
    Ok(catalogue.theorems.iter().copied().filter(chosen).collect())
}

/// The quantity of that full name (`prop-3.moment`).
pub(super) fn quantity(catalogue: &Catalogue<'_>, name: &str) -> Result<(&'static Theorem, &'static Quantity), Failure> {
    let all = || catalogue.theorems.iter().flat_map(|&theorem| theorem.quantities.iter().map(move |quantity| (theorem, quantity)));
    let full = |(theorem, quantity): (&Theorem, &Quantity)| format!("{}.{}", theorem.slug, quantity.id);
    all().find(|&pair| full(pair) == name).ok_or_else(|| {
        let names: Vec<String> = all().map(full).collect();
        // The quantities of a claim named alone come first.
        let (own, other): (Vec<&str>, Vec<&str>) = names.iter().map(String::as_str).partition(|full| full.split('.').next() == Some(name));
        let near = if own.is_empty() { nearest_first(name, other) } else { own };
        Failure::new(format!("there is no quantity `{name}`{}; `vanishing-curvature list` shows all", offer(&near)))
    })
}

/// The figures of those identifiers, in the paper's order; all of them for `all`.
pub(super) fn figures(catalogue: &Catalogue<'_>, ids: &[String]) -> Result<Vec<&'static Figure>, Failure> {
    let mut all: Vec<&'static Figure> = catalogue.figures.iter().collect();
    all.sort_by_key(|figure| (figure.id.parse().unwrap_or(u32::MAX), figure.id));
    for id in ids.iter().filter(|id| *id != "all") {
        if !all.iter().any(|figure| figure.id == id) {
            let known = all.iter().map(|figure| figure.id).collect::<Vec<_>>().join(", ");
            let known = if known.is_empty() { "there are none yet".to_owned() } else { format!("there are {known}") };
            return Err(Failure::new(format!("there is no figure `{id}`: {known}, or `all`")));
        }
    }
    let every = ids.iter().any(|id| id == "all");
    Ok(all.into_iter().filter(|figure| every || ids.iter().any(|id| id == figure.id)).collect())
}

/// ` (nearest: a, b, c)`
fn offer(near: &[&str]) -> String {
    if near.is_empty() { String::new() } else { format!(" (nearest: {})", near[..near.len().min(OFFERED)].join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::demonstration::catalogue;

    #[test]
    fn an_unknown_claim_names_the_nearest_first() {
        let failure = theorem(&catalogue(), "pop-3").unwrap_err().to_string();
        assert!(failure.contains("(nearest: prop-3"), "{failure}");
    }

    #[test]
    fn a_claim_in_place_of_a_quantity_names_its_quantities() {
        let failure = quantity(&catalogue(), "prop-3").unwrap_err().to_string();
        assert!(failure.contains("(nearest: prop-3.moment, prop-3.variance"), "{failure}");
        let failure = quantity(&catalogue(), "prop-3.momnet").unwrap_err().to_string();
        assert!(failure.contains("(nearest: prop-3.moment"), "{failure}");
    }

    #[test]
    fn selections_keep_the_catalogue_s_order_without_repeats() {
        let slugs = ["thm-5".to_owned(), "prop-3".to_owned(), "thm-5".to_owned()];
        let chosen: Vec<_> = theorems(&catalogue(), &slugs).unwrap().iter().map(|theorem| theorem.slug).collect();
        assert_eq!(chosen, ["prop-3", "thm-5"]);
    }

    #[test]
    fn an_unknown_figure_lists_those_there_are() {
        let failure = figures(&catalogue(), &["99".to_owned()]).unwrap_err().to_string();
        assert_eq!(failure, "there is no figure `99`: there are 2, 21, or `all`");
    }
}
