//! The theorems, one file a statement, and the catalogue.
//!
//! | paper | statement | file |
//! |---|---|---|
//! | Section 2, Proposition 2 | variance propagation | [`prop_2`] |
//! | Section 3, Proposition 3, Eq. (2) | moments of a neural chain | [`prop_3`] |
//! | Section 3, Theorem 4 | the log-law of a neural chain | [`thm_4`] |
//! | Section 3, Theorem 5 | the median of a neural chain | [`thm_5`] |
//! | Section 3, Theorem 6 | gradient and Hessian of a neural chain | [`thm_6`] |
//! | Section 3, Proposition 7 | the escape of gradient flow | [`prop_7`] |
//! | Section 3, after Proposition 7 | RMSprop's flow | [`rmsprop_flow`] |
//! | Section 3, Figures 23–25 | noise helps gradient descent to escape, and not enough | [`noise_escape`] |
//! | Appendix C.2, Eq. (89) | the saddle of a neural chain at 0 | [`saddle`] |
//! | Section 4, Proposition 8, Eqs. (4)–(6) | no joint stabilisation of second and fourth moments | [`prop_8`] |
//! | Section 4, Theorem 9, Eq. (7) | wide nets are stable | [`thm_9`] |
//! | Abstract; Section 4 after Theorem 9 | narrow nets vanish | [`thm_9_converse`] |
//! | Section 4, Theorem 10 | gradient and Hessian of a random net | [`thm_10`] |
//! | Section 4, Corollary 11 | Gershgorin's theorem for blocks | [`cor_11`] |
//! | Section 4, after Theorem 10 | LeCun's initialisation | [`lecun`] |
//! | Section 5, Figures 5 and 9 | adaptive methods train deep narrow nets | [`training_depth`] |
//! | Section 5 and Appendix D, Figure 6 | convolutional nets vanish faster than their weights suggest | [`effective_width`] |
//! | Section 5, Figure 7 | neither width nor larger filters save stripped ResNets | [`stripped_resnets`] |
//! | Section 5, Figure 8 | RMSprop trains a deep stripped ResNet | [`deep_resnet_training`] |
//! | Section 5, Figure 14 | orthogonal initialisation | [`orthogonal_init`] |
//! | Section 5, Figures 17–19 | batch normalisation and skips, alone and together | [`norm_and_skip`] |
//! | Section 5 | residual branches small enough for their depth | [`fixup`] |
//! | Appendix B.1, Lemma 12 | symmetry, gates and squared entries | [`lemma_12`] |
//! | Appendix B.1, Proposition 13, Eqs. (15)–(19) | fourth moments through the activation | [`prop_13`] |
//! | Appendix B.1, Corollary 14, Eqs. (20)–(26) | gates are coins | [`cor_14`] |
//! | Appendix B.2, Lemma 15, Eqs. (27)–(36) | fourth moments through a random matrix | [`lemma_15`] |
//! | Appendix B.2, Corollary 16, Eqs. (37)–(39) | fourth moments from pre-activation to pre-activation | [`cor_16`] |
//! | Appendix B.2, Theorem 17, Eqs. (40)–(46) | the coupled recursion of fourth moments | [`thm_17`] |
//! | Appendix B.2, Proposition 18, Eqs. (47)–(50) | the moment matrix at large width | [`prop_18`] |
//! | Appendix B.2, Proposition 19, Eqs. (51)–(54) | products inside the net | [`prop_19`] |
//! | Appendix B.3, Eqs. (55)–(69) | the gradient and its bound | [`appendix_b3`] |
//! | Appendix B.4, Eqs. (70)–(88) | the blocks of the Hessian and their bounds | [`appendix_b4`] |
//! | beyond the paper | fourth-order state of a product of layers | [`ext_matrix`] |
//! | beyond, Appendix B.3 | the mean squared gradient of a layer | [`ext_gradient`] |
//! | beyond, Appendix B.4 | the mean squared Hessian block of two layers | [`ext_hessian`] |
//! | beyond, Proposition 2 | backward vectors align with activations | [`ext_alignment`] |
//! | beyond, Theorem 6 | the signs of a neural chain's Hessian | [`ext_chain_inertia`] |
//! | beyond, Figure 12 | negative curvature in every homogeneous net | [`ext_euler`] |
//! | beyond, Theorem 10 | certificates of negative curvature | [`ext_certificates`] |
//! | beyond, Section 4 | the radial law of Gaussian nets | [`ext_radial`] |
//! | beyond, Section 4 | moments of every order of Gaussian nets | [`ext_moments`] |
//! | beyond, the outlook's narrow nets | typical size, and the variance that keeps it | [`ext_lyapunov`] |
//! | beyond, the outlook's narrow nets | typical size under other laws | [`ext_rates`] |
//! | beyond, the outlook's narrow nets | medians at every depth, and the variance that keeps them | [`ext_stable_variance`] |
//! | beyond, Theorem 9 | the log-normal limit of wide and deep nets | [`ext_lognormal`] |
//! | beyond, Section 5 | what the typical variance buys in training | [`stable_variance_training`] |
//! | beyond, Section 4 | which ReLU nets live | [`ext_survival`] |
//! | beyond the paper | fourth moments increase with the kurtosis | [`ext_kurtosis`] |
//! | beyond, Figure 6 | what zero padding takes from every layer | [`ext_padding`] |
//! | beyond, Figure 6 | the fourth moment of one convolution | [`ext_conv`] |
//! | beyond, Figure 6 | a constant image sees a net as wide as it has channels | [`ext_constant_image`] |
//! | beyond, Figures 17–19 | what a residual block does to the mean squared activation | [`ext_residual`] |

use suite::prelude::Theorem;

pub mod appendix_b3;
pub mod appendix_b4;
pub mod cor_11;
pub mod cor_14;
pub mod cor_16;
pub mod deep_resnet_training;
pub mod effective_width;
pub mod ext_alignment;
pub mod ext_certificates;
pub mod ext_chain_inertia;
pub mod ext_constant_image;
pub mod ext_conv;
pub mod ext_euler;
pub mod ext_gradient;
pub mod ext_hessian;
pub mod ext_kurtosis;
pub mod ext_lognormal;
pub mod ext_lyapunov;
pub mod ext_matrix;
pub mod ext_moments;
pub mod ext_padding;
pub mod ext_radial;
pub mod ext_rates;
pub mod ext_residual;
pub mod ext_stable_variance;
pub mod ext_survival;
pub mod figures;
pub mod fixup;
pub mod lecun;
pub mod lemma_12;
pub mod lemma_15;
pub mod lemmas;
pub mod noise_escape;
pub mod norm_and_skip;
pub mod orthogonal_init;
pub mod prop_13;
pub mod prop_18;
pub mod prop_19;
pub mod prop_2;
pub mod prop_3;
pub mod prop_7;
pub mod prop_8;
pub mod rmsprop_flow;
pub mod saddle;
pub mod stable_variance_training;
pub mod stripped_resnets;
pub mod thm_10;
pub mod thm_17;
pub mod thm_4;
pub mod thm_5;
pub mod thm_6;
pub mod thm_9;
pub mod thm_9_converse;
pub mod training_depth;

/// Every theorem, in the order of the paper.
pub static CATALOG: &[&Theorem] = &[
    &prop_2::THEOREM,
    &prop_3::THEOREM,
    &thm_4::THEOREM,
    &thm_5::THEOREM,
    &thm_6::THEOREM,
    &prop_7::THEOREM,
    &rmsprop_flow::THEOREM,
    &noise_escape::THEOREM,
    &saddle::THEOREM,
    &prop_8::THEOREM,
    &thm_9::THEOREM,
    &thm_9_converse::THEOREM,
    &thm_10::THEOREM,
    &cor_11::THEOREM,
    &lecun::THEOREM,
    &training_depth::THEOREM,
    &effective_width::THEOREM,
    &stripped_resnets::THEOREM,
    &deep_resnet_training::THEOREM,
    &orthogonal_init::THEOREM,
    &norm_and_skip::THEOREM,
    &fixup::THEOREM,
    &lemma_12::THEOREM,
    &prop_13::THEOREM,
    &cor_14::THEOREM,
    &lemma_15::THEOREM,
    &cor_16::THEOREM,
    &thm_17::THEOREM,
    &prop_18::THEOREM,
    &prop_19::THEOREM,
    &appendix_b3::THEOREM,
    &appendix_b4::THEOREM,
    &ext_matrix::THEOREM,
    &ext_gradient::THEOREM,
    &ext_hessian::THEOREM,
    &ext_alignment::THEOREM,
    &ext_chain_inertia::THEOREM,
    &ext_euler::THEOREM,
    &ext_certificates::THEOREM,
    &ext_radial::THEOREM,
    &ext_moments::THEOREM,
    &ext_lyapunov::THEOREM,
    &ext_rates::THEOREM,
    &ext_stable_variance::THEOREM,
    &ext_lognormal::THEOREM,
    &stable_variance_training::THEOREM,
    &ext_survival::THEOREM,
    &ext_kurtosis::THEOREM,
    &ext_padding::THEOREM,
    &ext_conv::THEOREM,
    &ext_constant_image::THEOREM,
    &ext_residual::THEOREM,
];
