//! The `mujib` command.

fn main() {}
