//! Exact rationals as a number system.
