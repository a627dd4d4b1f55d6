//! The `mujib` command.

fn main() -> std::process::ExitCode {
    mujib::cli::run()
}
