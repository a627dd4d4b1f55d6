//! The `mujib` command.

/// A server under load spends a tenth of its time on memory, most of it many small pieces.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    mujib::cli::run()
}
