//! Tells cargo which embedded files a rebuild depends on: a new file in these folders is otherwise missed.

use std::path::Path;

fn main() {
    println!("cargo:rerun-if-changed=src/store/migrations");
    #[expect(clippy::disallowed_methods, reason = "what cargo tells a build script, no setting of mujib")]
    let profile = std::env::var("PROFILE");
    // A development program reads the pages from disk when they are asked for.
    if profile.as_deref() != Ok("release") {
        return;
    }
    if Path::new("web/dist/index.html").is_file() {
        println!("cargo:rerun-if-changed=web/dist");
    } else {
        // A folder that is missing would count as changed every time; its parent tells when it appears.
        println!("cargo:rerun-if-changed=web");
        println!("cargo:warning=the web pages are not built: run `make web` (Node.js 20 or newer)");
    }
}
