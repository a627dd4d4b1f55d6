//! Tells cargo which embedded files a rebuild depends on: a new file in these folders is otherwise missed.

use std::path::Path;

fn main() {
    println!("cargo:rerun-if-changed=src/store/migrations");
    if Path::new("web/dist/index.html").is_file() {
        println!("cargo:rerun-if-changed=web/dist");
    } else {
        // A folder that is missing would count as changed every time; its parent tells when it appears.
        println!("cargo:rerun-if-changed=web");
        println!("cargo:warning=the web pages are not built: run `make web` (Node.js 20 or newer)");
    }
}
