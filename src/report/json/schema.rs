//! The JSON Schemas (draft 2020-12) of the documents.

/// Of `audit --json` and `claims.json`.
pub const AUDIT: &str = include_str!("../../../schema/audit.schema.json");
/// Of `show --json`.
pub const SHOW: &str = include_str!("../../../schema/show.schema.json");
/// Of `check --json`.
pub const CHECK: &str = include_str!("../../../schema/check.schema.json");
/// Of `mutants --json`.
pub const MUTANTS: &str = include_str!("../../../schema/mutants.schema.json");
/// Of `inspect --json`.
pub const INSPECT: &str = include_str!("../../../schema/inspect.schema.json");
/// Of `calibrate --json`.
pub const CALIBRATE: &str = include_str!("../../../schema/calibrate.schema.json");
