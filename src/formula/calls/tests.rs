//! Values from mpmath 1.3 at 70 to 400 digits (each function by its mpmath name; medians by Newton's method on the Poisson sum),
//! rounded to the digits shown.

use dashu::base::UnsignedAbs;
use dashu::integer::IBig;
use dashu::rational::RBig;
use quickcheck::{TestResult, quickcheck};
use statrs::distribution::{ContinuousCDF, Gamma};

use super::*;

/// The interval of numbers that round to these digits, as a hull of rationals at high precision.
fn literal(text: &str) -> Ball {
    let (digits, exponent) = text.split_once('e').unwrap_or((text, "0"));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let significand: IBig = format!("{whole}{fraction}").parse().unwrap();
    let exponent = exponent.parse::<i64>().unwrap() - fraction.len() as i64;
    let ten = Ball::from_integer(10).raised(exponent, Precision(1024)).unwrap();
    let end = |step: i64| {
        Ball::from_rational(&RBig::from(&significand + IBig::from(step)), Precision(1024)).times(&ten, Precision(1024)).unwrap()
    };
    end(-1).hull(&end(1))
}

fn ratio(p: i64, q: u64) -> RBig {
    RBig::from_parts(p.into(), q.into())
}

fn ball(p: i64, q: u64, precision: Precision) -> Ball {
    Ball::from_rational(&ratio(p, q), precision)
}

/// At each precision the ball meets the literature value, is as narrow as it should be, and contains the better value's middle.
fn agrees(what: &str, value: &str, compute: impl Fn(Precision) -> Result<Ball, Undefined>) {
    let value = literal(value);
    let best = compute(Precision(512)).unwrap();
    for bits in [53, 64, 128, 200, 512] {
        let found = compute(Precision(bits)).unwrap_or_else(|e| panic!("{what} at {bits} bits: {e}"));
        assert!(found.overlaps(&value), "{what} at {bits} bits: {} against {}", found.decimal(), value.decimal());
        let accuracy = found.accuracy();
        assert!(accuracy.is_some_and(|a| a >= bits as i64 - 6), "{what} at {bits} bits: accuracy {accuracy:?}");
        assert!(found.encloses(&Ball::point(best.middle())), "{what}: {bits} bits do not enclose 512 bits");
    }
}

#[test]
fn exponentials_agree_with_the_literature() {
    agrees("exp(1/3)", "1.395612425086089528628125319602586837598", |p| exp(&ball(1, 3, p.plus(8)), p));
    agrees("exp(-1000)", "5.075958897549456765291809479574336919306e-435", |p| exp(&ball(-1000, 1, p), p));
    agrees("exp(10^6)", "3.033215396802087545086402141418114327084e+434294", |p| exp(&ball(1_000_000, 1, p), p));
}

#[test]
fn logarithms_agree_with_the_literature() {
    agrees("ln 3", "1.098612288668109691395245236922525704647", |p| ln(&ball(3, 1, p), p));
    agrees("ln 2", "0.693147180559945309417232121458176568075500134360255254120680", |p| ln(&ball(2, 1, p), p));
    agrees("ln 10^-400", "-921.0340371976182736071965818737456830404", |p| ln(&Ball::from_integer(10).raised(-400, p.plus(8))?, p));
    agrees("ln(1 + 10^-30)", "9.999999999999999999999999999995000000000e-31", |p| {
        let tiny = Ball::from_integer(10).raised(-30, p.plus(128))?;
        ln(&tiny.plus(&Ball::from_integer(1), p.plus(128))?, p)
    });
}

#[test]
fn constants_agree_with_the_literature() {
    agrees("pi", "3.14159265358979323846264338327950288419716939937510582097494", |p| Ok(pi(p)));
    agrees("ln 2", "0.693147180559945309417232121458176568075500134360255254120680", |p| Ok(ln_two(p)));
}

#[test]
fn digamma_agrees_with_the_literature() {
    for (twice, value) in [
        (2, "-0.5772156649015328606065120900824024310422"),
        (1, "-1.963510026021423479440976332998755567193"),
        (3, "0.03648997397857652055902366700124443280684"),
        (14, "1.872784335098467139393487909917597568958"),
        (27, "2.565195651274912048150440341740035203365"),
        (2_000_000, "13.81551005796419077077461540310618524560"),
    ] {
        agrees(&format!("digamma({twice}/2)"), value, |p| digamma_of_half(twice, p));
    }
}

#[test]
fn trigamma_agrees_with_the_literature() {
    for (twice, value) in [
        (2, "1.644934066848226436472415166646025189219"),
        (1, "4.934802200544679309417245499938075567657"),
        (3, "0.9348022005446793094172454999380755676568"),
        (14, "0.1535451779593375475835262777571363003301"),
        (27, "0.07688522460157837044359113293958440021752"),
        (2_000_000, "1.000000500000166666666666633333333333357e-6"),
    ] {
        agrees(&format!("trigamma({twice}/2)"), value, |p| trigamma_of_half(twice, p));
    }
}

#[test]
fn the_logarithm_of_gamma_agrees_with_the_literature() {
    agrees("ln gamma(7/2)", "1.200973602347074224816021881450712995770", |p| log_gamma_of_half(7, p));
}

#[test]
fn erlang_tails_agree_with_the_literature_however_small() {
    for (n, p, q, value) in [
        (3, 1, 2, "0.01438767796697068664382575563933176315688"),
        (100, 90, 1, "0.1582209891864301681049696996709105316998"),
        (2000, 7961, 4, "0.4164767083854571999509168860586784435648"),
        (10000, 10300, 1, "0.9985295051036143187240930470297195540068"),
    ] {
        agrees(&format!("erlang_cdf({n}, {p}/{q})"), value, |precision| erlang_cdf(n, &ball(p, q, precision), precision));
    }
    agrees("erlang_cdf(10, 10^-20)", "2.755731922398589065230679814013147346481e-207", |p| {
        erlang_cdf(10, &Ball::from_integer(10).raised(-20, p.plus(16))?, p)
    });
    agrees("the upper tail", "1.094374708734698326727472840497034509658e-72", |p| erlang_survival(100, &ball(400, 1, p), p));
}

#[test]
fn gamma_medians_agree_with_the_literature() {
    for (n, value) in [
        (1, "0.693147180559945309417232121458176568075500134360255254120680"),
        (2, "1.6783469900166606534128845120945230848244587653516"),
        (3, "2.6740603137235603179134572645916949896227877950278"),
        (10, "9.6687146147141311517500637401166726067778162022664"),
        (100, "99.666864919315488743693291946205663843307638811331"),
        (5000, "4999.6666706175724136062805199962966447431684446718"),
    ] {
        agrees(&format!("gamma_median({n})"), value, |p| gamma_median(n, p));
    }
}

#[test]
fn large_binomials_agree_with_the_literature() {
    agrees("ln C(10^6, 5*10^5)", "693140.047013063682552747746052864234158472212", |p| ln(&binomial(1_000_000, 500_000, p.plus(24))?, p));
    assert!(binomial(60, 30, Precision(64)).unwrap().contains(&ratio(118_264_581_564_861_424, 1)));
    assert!(binomial(60, 30, Precision(64)).unwrap().is_exact());
}

#[test]
fn both_routes_to_a_binomial_meet() {
    // Up to 512 factors the coefficient is an integer product, beyond it comes from ln gamma.
    for (n, k) in [(1500, 513), (2000, 1000), (4000, 700)] {
        let product = RBig::from(exact_binomial(n, k));
        let found = binomial(n, k as i64, Precision(100)).unwrap();
        assert!(found.contains(&product) && found.accuracy().unwrap() > 96, "C({n}, {k})");
    }
}

#[test]
fn both_routes_to_a_poisson_probability_meet() {
    // The factorial is multiplied out up to 4096; one step of the recurrence leads from one route to the other.
    let precision = Precision(128);
    for x in [3000, 4100, 9000] {
        let point = ball(x, 1, precision);
        let product = erlang::poisson(4096, point.ends().0, precision).unwrap();
        let series = erlang::poisson(4097, point.ends().0, precision).unwrap();
        let stepped = product.times(&point, precision).unwrap().over(&ball(4097, 1, precision), precision).unwrap();
        assert!(stepped.overlaps(&series) && series.accuracy().unwrap() > 120, "x = {x}");
    }
}

#[test]
fn the_erlang_law_agrees_with_statrs() {
    for n in [1_u64, 2, 7, 40, 300] {
        let law = Gamma::new(n as f64, 1.0).unwrap();
        for step in 1..=12 {
            let x = n as f64 * f64::from(step) / 6.0;
            let found = erlang_cdf(n, &Ball::from_scaled(x.into()), Precision(64)).unwrap().to_scaled().to_f64();
            assert!((found - law.cdf(x)).abs() <= 1e-12, "P({n}, {x}) = {found} against {}", law.cdf(x));
        }
    }
}

#[test]
fn digamma_agrees_with_statrs() {
    for twice in 1..=60 {
        let found = digamma_of_half(twice, Precision(64)).unwrap().to_scaled().to_f64();
        let other = statrs::function::gamma::digamma(twice as f64 / 2.0);
        assert!((found - other).abs() <= 1e-12 * (1.0 + other.abs()), "psi({twice}/2) = {found} against {other}");
    }
}

#[test]
fn a_half_is_the_probability_below_the_median() {
    let precision = Precision(128);
    let half = ball(1, 2, precision);
    for n in [1, 2, 5, 33, 1000, 4095, 4096, 4097, 20_000] {
        let median = gamma_median(n, precision).unwrap();
        let found = erlang_cdf(n, &median, precision).unwrap();
        assert!(found.overlaps(&half) && found.accuracy().unwrap() > 100, "n = {n}: {}", found.decimal());
    }
}

#[test]
fn a_tail_and_its_complement_make_one() {
    let precision = Precision(100);
    let one = Ball::from_integer(1);
    for n in [1, 4, 50, 999] {
        for x in [1, 49, 50, 51, 998, 999, 2500] {
            let point = ball(x, 1, precision);
            let sum = erlang_cdf(n, &point, precision).unwrap().plus(&erlang_survival(n, &point, precision).unwrap(), precision);
            assert!(sum.unwrap().overlaps(&one), "n = {n}, x = {x}");
        }
    }
}

#[test]
fn power_integrals_follow_the_rule_and_the_logarithm() {
    let precision = Precision(128);
    let (a, b) = (ball(1, 3, precision), ball(5, 2, precision));
    let logarithm = power_integral(&a, &b, 0, precision).unwrap();
    assert!(logarithm.overlaps(&ln(&ball(15, 2, precision), precision).unwrap()));
    // (b^4 − a^4)/4 and (b^−2 − a^−2)/(−2)
    assert!(power_integral(&a, &b, 4, precision).unwrap().contains(&((ratio(625, 16) - ratio(1, 81)) / ratio(4, 1))));
    assert!(power_integral(&a, &b, -2, precision).unwrap().contains(&((ratio(9, 1) - ratio(4, 25)) / ratio(2, 1))));
    assert!(matches!(power_integral(&b, &a, 2, precision), Err(Undefined::OutOfDomain(_))));
    assert!(matches!(power_integral(&ball(0, 1, precision), &b, 2, precision), Err(Undefined::OutOfDomain(_))));
}

#[test]
fn a_series_encloses_its_sum() {
    // Σ k²/3^k = 3/2, ratio below 4/5 from k = 2 on: (k + 1)²/(3 k²) ≤ 3/4.
    let precision = Precision(128);
    let mut term = |k: i64| ball(k * k, 1, precision).over(&Ball::from_integer(3).raised(k, precision)?, precision);
    let sum = series(2, &ball(3, 4, precision), &mut term, precision).unwrap();
    assert!(sum.contains(&(ratio(3, 2) - ratio(1, 3))) && sum.accuracy().unwrap() > 118, "{}", sum.decimal());
    let refused = series(0, &ball(3, 4, precision), &mut term, precision);
    assert!(matches!(refused, Err(Undefined::OutOfDomain(_))), "from 0 to 1 the terms grow: {refused:?}");
    let flat = series(2, &ball(1, 1, precision), &mut term, precision);
    assert!(matches!(flat, Err(Undefined::OutOfDomain(_))), "a ratio of one bounds nothing: {flat:?}");
}

#[test]
fn a_geometric_series_ends_where_its_ratio_says() {
    let precision = Precision(96);
    let third = ball(1, 3, precision);
    let mut count = 0;
    let mut term = |k: i64| {
        count += 1;
        third.raised(k, precision)
    };
    let sum = series(0, &third, &mut term, precision).unwrap();
    assert!(sum.contains(&ratio(3, 2)));
    assert!((55..75).contains(&count), "3^-60 is 2^-95: {count} terms");
}

#[test]
fn the_rest_of_a_series_is_part_of_its_ball() {
    // Powers of one half are summed without any rounding, so only the bound of the rest reaches 2.
    let precision = Precision(64);
    let mut term = |k: i64| Ball::from_integer(2).raised(-k, precision);
    let sum = series(0, &ball(1, 2, precision), &mut term, precision).unwrap();
    assert!(sum.contains(&ratio(2, 1)) && sum.accuracy().unwrap() >= 60);
    let mut alternating = |k: i64| Ball::from_integer(-2).raised(-k, precision);
    let sum = series(0, &ball(1, 2, precision), &mut alternating, precision).unwrap();
    assert!(sum.contains(&ratio(2, 3)) && sum.accuracy().unwrap() >= 60);
}

#[test]
fn calls_name_what_is_wrong_with_an_argument() {
    let precision = Precision(64);
    let (half, third, two) = (ball(1, 2, precision), ball(1, 3, precision), ball(2, 1, precision));
    let refused = |function, arguments: &[&Ball]| {
        let arguments: Vec<Ball> = arguments.iter().map(|b| (*b).clone()).collect();
        match call(function, &arguments, precision) {
            Err(Undefined::OutOfDomain(sentence)) => sentence,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(refused(Function::GammaMedian, &[&half]), "n of gamma_median(n) must be an integer");
    assert_eq!(refused(Function::GammaMedian, &[&Ball::zero()]), "n of gamma_median(n) must be at least 1, not 0");
    assert_eq!(refused(Function::Binomial, &[&two, &third]), "k of binomial(n, k) must be an integer");
    assert_eq!(refused(Function::Digamma, &[&third]), "digamma takes positive multiples of one half");
    assert_eq!(refused(Function::Trigamma, &[&Ball::zero()]), "trigamma takes positive multiples of one half");
    assert_eq!(refused(Function::Ln, &[&Ball::zero()]), "only a positive number has a logarithm");
}

fn relative_error(found: &Ball, exact: &RBig) -> f64 {
    let distance = (found.to_scaled().to_rational().unwrap() - exact) / exact;
    let size = RBig::from_parts(distance.numerator().clone().unsigned_abs().into(), distance.denominator().clone());
    size.to_f64_fast()
}

quickcheck! {
    fn the_logarithm_undoes_the_exponential(p: i32, q: u16, bits: u8) -> bool {
        let precision = Precision(40 + usize::from(bits));
        let exact = ratio(i64::from(p), u64::from(q) + 1);
        let x = Ball::from_rational(&exact, precision.plus(40));
        let back = ln(&exp(&x, precision.plus(40)).unwrap(), precision.plus(40)).unwrap();
        back.contains(&exact) && (p == 0 || relative_error(&back, &exact) < 1e-9)
    }

    fn the_exponential_turns_sums_into_products(p: i16, q: i16) -> bool {
        let precision = Precision(100);
        let (x, y) = (ball(i64::from(p), 7, precision), ball(i64::from(q), 11, precision));
        let both = exp(&x.plus(&y, precision).unwrap(), precision).unwrap();
        let product = exp(&x, precision).unwrap().times(&exp(&y, precision).unwrap(), precision).unwrap();
        both.overlaps(&product) && both.accuracy().unwrap() > 80 && product.accuracy().unwrap() > 80
    }

    fn the_root_squared_is_the_number(p: u32, q: u16) -> bool {
        let exact = ratio(i64::from(p), u64::from(q) + 1);
        let root = sqrt(&Ball::from_rational(&exact, Precision(100)), Precision(100)).unwrap();
        root.times(&root, Precision(100)).unwrap().contains(&exact) && (p == 0 || root.accuracy().unwrap() > 97)
    }

    fn the_exponential_agrees_with_the_library(x: f64) -> TestResult {
        if !x.is_finite() || x.abs() > 600.0 {
            return TestResult::discard();
        }
        let found = exp(&Ball::from_scaled(x.into()), Precision(64)).unwrap().to_scaled().to_f64();
        TestResult::from_bool((found / x.exp() - 1.0).abs() < 1e-15)
    }

    fn digamma_and_trigamma_obey_their_recurrence(twice: u16) -> bool {
        let (twice, precision) = (u64::from(twice) + 1, Precision(90));
        let step = Ball::from_integer(2).over(&Ball::from_integer(twice as i64), precision).unwrap();
        let first = digamma_of_half(twice, precision).unwrap().plus(&step, precision).unwrap();
        let square = step.times(&step, precision).unwrap();
        let second = trigamma_of_half(twice, precision).unwrap().minus(&square, precision).unwrap();
        first.overlaps(&digamma_of_half(twice + 2, precision).unwrap())
            && second.overlaps(&trigamma_of_half(twice + 2, precision).unwrap())
    }
}

#[test]
fn moments_of_chi_square_laws_agree_with_the_literature() {
    for (d, p, q, value) in [
        (1, (1, 1), (1, 2), "0.797884560802865355879892119868763736951717262"),
        (1, (1, 1), (-49, 100), "39.9437740551917463870029526551171474664334997"),
        (7, (1, 1), (1, 3), "1.85240947532946719343178978796227893581539841"),
        (1000, (1, 1), (1, 2), "31.6148718969800800884974847503118539102283245"),
        (1000, (1, 1), (-4999, 10), "1.2764602960510044326637305499390966582396298e-1281"),
        (1_000_000, (1, 1), (1, 3), "99.9999777777777777814357576385671831843426245"),
        (3, (1, 1), (2001, 2), "6.88722102715185068826537873572148688688522653e+2871"),
        (1, (1, 2), (1, 2), "0.398942280401432677939946059934381868475858631"),
        (4, (1, 2), (-49, 100), "10.6892902894479376496855519184989126659158155"),
        (33, (1, 2), (1, 3), "2.50205166459269370075194918824984078217395568"),
        (1000, (1, 2), (1, 2), "22.3467003301282377288096376491329794986672096"),
        (1000, (1, 2), (-499, 1000), "0.0450846055059607108779340675964355119677501484"),
        (40, (1, 2), (601, 2), "1.14081016209054600149259313933536434718618582e+728"),
    ] {
        let what = format!("chi_square_moment({d}, {}/{}, {}/{})", p.0, p.1, q.0, q.1);
        agrees(&what, value, |precision| {
            let q = ball(q.0, q.1, precision.plus(40));
            call(Function::ChiSquareMoment, &[Ball::from_integer(d), ball(p.0, p.1, precision), q], precision)
        });
    }
}

quickcheck! {
    fn moments_of_chi_square_laws_of_integer_order_enclose_the_exact_ones(d: u8, q: u8, gated: bool) -> bool {
        let (d, q) = (u64::from(d) + 1, i64::from(q) % 40);
        let order = Ball::from_integer(q);
        let (found, exact) = if gated {
            (gated_chi_square_moment(d, &order, Precision(64)), exact_gated_chi_square_moment(d, q))
        } else {
            (chi_square_moment(d, &order, Precision(64)), exact_chi_square_moment(d, q))
        };
        let (found, exact) = (found.unwrap(), exact.unwrap());
        found.contains(&exact) && found.accuracy().is_some_and(|bits| bits > 56)
    }
}

#[test]
fn exact_gated_moments_are_the_sum_over_the_open_gates() {
    for d in 1..12u64 {
        for q in 0..9 {
            let term = |k: u64| RBig::from(exact_binomial(d, k)) * exact_chi_square_moment(k, q).unwrap();
            let sum = (1..=d).map(term).fold(RBig::ZERO, |sum, term| sum + term);
            assert_eq!(exact_gated_chi_square_moment(d, q), Some(sum / RBig::from(2).pow(d as isize)), "d = {d}, q = {q}");
        }
    }
    assert_eq!(exact_chi_square_moment(7, -3), Some(RBig::from_parts(1.into(), 15_u8.into())));
}

#[test]
fn cumulants_of_logarithms_of_chi_squared_variables_match_reference_values() {
    // mpmath 1.3, 60 digits: polygamma functions, and for p = 1/2 the mixture over 1, …, d written out.
    for (d, twice_p, n, value) in [
        (1, 2, 1, "-1.27036284546147817002374421154057899911765947"),
        (6, 2, 3, "-0.154113806319188570799476323022899981529972585"),
        (1000, 2, 5, "-0.0000000000963846399982080122878648341298747158717622051"),
        (1000001, 2, 2, "0.00000199999999999933333333333426666666666371428571"),
        (1, 1, 2, "4.9348022005446793094172454999380755676568497"),
        (6, 1, 1, "0.562575649692753721783690574656356671051880344"),
        (6, 1, 2, "1.89796368143472593504429099569492188708159124"),
        (33, 1, 4, "0.0208718240075298984695195338831099026051431384"),
        (33, 1, 5, "-0.01866833647302074125636724944738879533874966"),
        (700, 1, 3, "-0.0000641120768031228044208045117758275725384032162"),
        (2000, 1, 1, "6.90650425664554483059432536475426318743488408"),
    ] {
        let what = format!("chi_square_log_cumulant({d}, {twice_p}/2, {n})");
        agrees(&what, value, |precision| {
            let arguments = [Ball::from_integer(d), Ball::from_integer(twice_p).shifted(-1), Ball::from_integer(n)];
            call(Function::ChiSquareLogCumulant, &arguments, precision)
        });
    }
}
