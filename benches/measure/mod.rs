//! The machine that is measured: its processor, its threads, the memory of this process.

/// The most memory that this process has held so far, in MiB, where the system tells.
pub fn peak() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<f64>().ok()? / 1024.0)
}

/// The processor, as the system names it.
pub fn processor() -> String {
    let text = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = text.lines().find_map(|line| line.strip_prefix("model name")?.split_once(':'));
    name.map_or_else(|| "a processor that the system does not name".to_owned(), |(_, name)| name.trim().to_owned())
}

/// The threads that work is spread over.
pub fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}
