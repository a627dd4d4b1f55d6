//! What was published, as files.

use std::process::Command;

use serde_json::json;

use crate::desk::{NEW, candidate, draft, publish, setup};
use crate::support::clinic::Clinic;
use crate::support::console::Staff;

#[test]
fn the_merged_knowledge_is_written_back_as_files() {
    let clinic = Clinic::new();
    let server = setup(&clinic).start();
    let boss = Staff::set_up(&server);
    let sara = boss.hire("sara", "editor");
    draft(&sara, "pair", "after-sun", |pair| pair["ar"]["answer"] = json!(NEW));
    let built = candidate(&sara, &boss, "pair", "after-sun");
    assert_eq!(publish(&boss, &built).status, 200);
    let out = clinic.folder("merged");
    let run = |arguments: &[&str], knowledge: &std::path::Path| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mujib"));
        command.env_clear().current_dir(clinic.folder(".")).args(arguments);
        command.env("MUJIB_KNOWLEDGE", knowledge).env("MUJIB_DATA", clinic.data());
        let output = command.output().expect("it runs");
        (
            output.status.success(),
            String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr),
        )
    };
    let target = out.display().to_string();
    // Beside the running server.
    let (well, said) = run(&["export", "--as", "files", "--out", &target], &clinic.knowledge());
    assert!(well && said.contains("1 published changes"), "{said}");
    let (well, said) = run(&["check"], &out);
    assert!(well && said.contains(built["version"].as_str().expect("a version")), "{said}");
    let care = std::fs::read_to_string(out.join("topics/care.toml")).expect("written");
    for kept in [NEW, "# Reviewed in autumn.", "# by the head nurse"] {
        assert!(care.contains(kept), "{kept} in {care}");
    }
    let (well, said) = run(&["export", "--as", "files"], &clinic.knowledge());
    assert!(!well && said.contains("--out"), "{said}");

    // Files that have caught up are no conflict.
    std::fs::copy(out.join("topics/care.toml"), clinic.knowledge().join("topics/care.toml")).expect("copied");
    server.signal("HUP");
    server.log.wait_for("the knowledge has not changed");
    assert_eq!(boss.get("/knowledge").json()["conflicts"], json!([]));
}
