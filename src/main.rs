//! The `mujib` command.

/// A reply is some hundred small pieces of memory, made by one thread and often freed by another: a sixth of the engine's
/// work with the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    mujib::cli::run()
}
