//! Tells cargo which embedded files a rebuild depends on: a new file in these folders is otherwise missed.

fn main() {
    println!("cargo:rerun-if-changed=src/store/migrations");
    println!("cargo:rerun-if-changed=web/chat");
}
