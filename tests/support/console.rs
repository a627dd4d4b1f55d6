//! Staff who use the console of a real server.

#![allow(dead_code, reason = "shared by several test programs")]

use serde_json::{Value, json};

use super::{Answer, Server, http};

/// A password that is good enough for everybody in the tests.
pub const PASSWORD: &str = "the door opens at nine";

/// Somebody who is signed in.
pub struct Staff<'a> {
    /// The server.
    pub server: &'a Server,
    /// What their browser sends as its cookie.
    pub cookie: String,
    /// Who they are, as the server said.
    pub user: Value,
}

/// The token of the link that the server printed.
pub fn link_token(server: &Server) -> String {
    let line = server.output.wait_for("/console/#/setup?token=");
    line.split("token=").nth(1).expect("a token").to_owned()
}

/// A request from a page of the server itself, of nobody.
pub fn from_page(server: &Server, method: &str, path: &str, body: Option<&Value>) -> Answer {
    request(server, None, method, path, &[], body)
}

fn request(
    server: &Server,
    cookie: Option<&str>,
    method: &str,
    path: &str,
    more: &[(&str, &str)],
    body: Option<&Value>,
) -> Answer {
    let origin = format!("http://{}", server.address);
    let mut headers = vec![("origin", origin.as_str()), ("x-mujib-console", "1")];
    if body.is_some() {
        headers.push(("content-type", "application/json"));
    }
    headers.extend(cookie.map(|cookie| ("cookie", cookie)));
    headers.extend(more);
    let body = body.map(Value::to_string).unwrap_or_default();
    http(server, method, &format!("/api/v1{path}"), &headers, &body)
}

/// Signs in; the answer whatever it is.
pub fn try_sign_in(server: &Server, login: &str, password: &str) -> Answer {
    from_page(server, "POST", "/session", Some(&json!({"login": login, "password": password})))
}

impl<'a> Staff<'a> {
    /// The first administrator, `boss`, made through the printed link.
    pub fn set_up(server: &'a Server) -> Self {
        let body = json!({
            "token": link_token(server), "login": "boss", "display_name": "مدير العيادة", "password": PASSWORD,
        });
        Self::from_answer(server, &from_page(server, "POST", "/setup", Some(&body)))
    }

    /// Signs in somebody who can.
    pub fn sign_in(server: &'a Server, login: &str, password: &str) -> Self {
        Self::from_answer(server, &try_sign_in(server, login, password))
    }

    fn from_answer(server: &'a Server, answer: &Answer) -> Self {
        assert_eq!(answer.status, 200, "{answer:?}");
        let cookie = answer.header("set-cookie").split(';').next().expect("a cookie").to_owned();
        Self { server, cookie, user: answer.json()["user"].clone() }
    }

    /// Somebody new in `role`, who has chosen a password already.
    pub fn hire(&self, login: &str, role: &str) -> Staff<'a> {
        let body = json!({"login": login, "display_name": login, "role": role});
        let made = self.post("/users", &body);
        assert_eq!(made.status, 201, "{made:?}");
        let given = made.json()["password"].as_str().expect("a password").to_owned();
        let new = Staff::sign_in(self.server, login, &given);
        let change = json!({"current": given, "new": PASSWORD});
        assert_eq!(new.send("PUT", "/password", Some(&change)).status, 204);
        new
    }

    /// `GET` of an address of the API, without `/api/v1`.
    pub fn get(&self, path: &str) -> Answer {
        self.send("GET", path, None)
    }

    /// `POST` of JSON.
    pub fn post(&self, path: &str, body: &Value) -> Answer {
        self.send("POST", path, Some(body))
    }

    /// Any request.
    pub fn send(&self, method: &str, path: &str, body: Option<&Value>) -> Answer {
        self.send_with(method, path, &[], body)
    }

    /// Any request with more headers.
    pub fn send_with(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<&Value>,
    ) -> Answer {
        request(self.server, Some(&self.cookie), method, path, headers, body)
    }
}

/// The stable word of a problem; fails if it is none.
pub fn code(answer: &Answer) -> String {
    assert_eq!(answer.header("content-type"), "application/problem+json", "{answer:?}");
    let problem = answer.json();
    assert_eq!(problem["status"], answer.status, "{problem}");
    assert!(problem["detail"].as_str().is_some_and(|words| words.len() > 10), "{problem}");
    problem["code"].as_str().expect("a code").to_owned()
}
