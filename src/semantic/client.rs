//! The embedding endpoint, asked over HTTP in the form that OpenAI's API made common.
//!
//! It connects to the endpoint and to nothing else: no redirect is followed and no proxy is read from the
//! environment, because what is sent are patients' words.

use std::time::Duration;

use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use hyper::{Method, Request, Uri};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client as Http;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use serde::{Deserialize, Serialize};

use crate::config::Semantic;

/// Bytes of an answer, at most; a batch of 64 vectors of 4,096 figures takes about five million.
const ANSWER_BYTES: usize = 16 << 20;

/// Connections kept open for the next question.
const KEPT_CONNECTIONS: usize = 16;

/// Why no texts can be embedded at all.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// An `https` endpoint on a system without root certificates.
    #[error(
        "semantic.endpoint is https, but the system's root certificates cannot be read: {0}; install them"
    )]
    Roots(std::io::Error),
    /// A command could not wait for anything.
    #[error("the semantic signal cannot start: {0}")]
    Runtime(std::io::Error),
    /// A key that no header can hold.
    #[error("the semantic key does not fit into a header; correct MUJIB_SEMANTIC_KEY or semantic.key_file")]
    Key,
}

/// Why texts were not embedded. None of these holds a word of the texts or of the answer, which may quote them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EmbedError {
    /// Nobody answers there, or the connection broke.
    #[error("it cannot be reached")]
    Unreachable,
    /// It took too long.
    #[error("it took too long")]
    TimedOut,
    /// It answered with this status.
    #[error("it answered with status {0}")]
    Status(u16),
    /// Its answer is too large or is no list of as many vectors as there were texts, all of one length.
    #[error("its answer cannot be used")]
    Unusable,
}

/// A client of one endpoint. Connections are kept and shared.
#[derive(Debug)]
pub struct Client {
    http: Transport,
    endpoint: Uri,
    model: Option<String>,
    authorization: Option<HeaderValue>,
}

/// Plain connections need no certificates, so a system without any can still use a local endpoint.
#[derive(Debug)]
enum Transport {
    Plain(Http<HttpConnector, Full<Bytes>>),
    Tls(Http<HttpsConnector<HttpConnector>, Full<Bytes>>),
}

#[derive(Debug, Serialize)]
struct Question<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    model: Option<&'a str>,
    input: &'a [String],
}

#[derive(Debug, Deserialize)]
struct Answer {
    data: Vec<Item>,
}

#[derive(Debug, Deserialize)]
struct Item {
    index: Option<usize>,
    embedding: Vec<f32>,
}

impl Client {
    /// A client for the endpoint that is set. Connects to nothing yet.
    ///
    /// # Errors
    /// See [`SetupError`].
    pub fn new(settings: &Semantic) -> Result<Self, SetupError> {
        let mut builder = Http::builder(TokioExecutor::new());
        builder.pool_timer(TokioTimer::new()).pool_max_idle_per_host(KEPT_CONNECTIONS);
        let http = if settings.endpoint.scheme_str() == Some("https") {
            let provider = rustls::crypto::ring::default_provider();
            let connector = HttpsConnectorBuilder::new().with_provider_and_native_roots(provider);
            let connector = connector.map_err(SetupError::Roots)?.https_only().enable_http1().build();
            Transport::Tls(builder.build(connector))
        } else {
            let mut connector = HttpConnector::new();
            connector.set_nodelay(true);
            Transport::Plain(builder.build(connector))
        };
        let authorization = settings.key.as_ref().map(|key| {
            let mut value = HeaderValue::from_str(&format!("Bearer {}", key.reveal()));
            if let Ok(value) = &mut value {
                value.set_sensitive(true);
            }
            value
        });
        let authorization = authorization.transpose().map_err(|_| SetupError::Key)?;
        Ok(Self { http, endpoint: settings.endpoint.clone(), model: settings.model.clone(), authorization })
    }

    /// The vectors of `texts`, in their order: all of one length, which is not 0, and each of unit length.
    ///
    /// # Errors
    /// See [`EmbedError`].
    pub async fn embed(&self, texts: &[String], patience: Duration) -> Result<Vec<Vec<f32>>, EmbedError> {
        let answer = tokio::time::timeout(patience, self.exchange(texts)).await;
        let answer = answer.map_err(|_| EmbedError::TimedOut)??;
        let answer: Answer = serde_json::from_slice(&answer).map_err(|_| EmbedError::Unusable)?;
        in_order(answer.data, texts.len()).ok_or(EmbedError::Unusable)
    }

    async fn exchange(&self, texts: &[String]) -> Result<Bytes, EmbedError> {
        let question = Question { model: self.model.as_deref(), input: texts };
        let body = serde_json::to_vec(&question).map_err(|_| EmbedError::Unusable)?;
        let mut request = Request::new(Full::new(Bytes::from(body)));
        *request.method_mut() = Method::POST;
        *request.uri_mut() = self.endpoint.clone();
        request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        if let Some(authorization) = &self.authorization {
            request.headers_mut().insert(AUTHORIZATION, authorization.clone());
        }
        let response = match &self.http {
            Transport::Plain(http) => http.request(request).await,
            Transport::Tls(http) => http.request(request).await,
        };
        let response = response.map_err(|_| EmbedError::Unreachable)?;
        if !response.status().is_success() {
            return Err(EmbedError::Status(response.status().as_u16()));
        }
        let body = Limited::new(response.into_body(), ANSWER_BYTES).collect().await;
        // The limit's error and a broken connection's are both boxed; either way there is no whole answer.
        body.map(http_body_util::Collected::to_bytes).map_err(|_| EmbedError::Unusable)
    }
}

/// The vectors in the order of the texts, brought to unit length; `None` if they are not `count` usable ones.
fn in_order(data: Vec<Item>, count: usize) -> Option<Vec<Vec<f32>>> {
    let length = data.first()?.embedding.len();
    if data.len() != count || length == 0 {
        return None;
    }
    let mut vectors: Vec<Vec<f32>> = vec![Vec::new(); count];
    for (at, item) in data.into_iter().enumerate() {
        let slot = vectors.get_mut(item.index.unwrap_or(at))?;
        if !slot.is_empty() || item.embedding.len() != length {
            return None;
        }
        *slot = to_unit_length(item.embedding)?;
    }
    Some(vectors)
}

/// `None` for a vector without a direction.
fn to_unit_length(mut vector: Vec<f32>) -> Option<Vec<f32>> {
    let length = vector.iter().map(|x| x * x).sum::<f32>().sqrt();
    if !length.is_finite() || length < f32::MIN_POSITIVE {
        return None;
    }
    vector.iter_mut().for_each(|x| *x /= length);
    Some(vector)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Answers as they come, and the vectors read of them; `None` where they cannot be used.
    #[track_caller]
    fn check(answer: &str, count: usize, vectors: Option<&[&[f32]]>) {
        let read = serde_json::from_str(answer).ok().and_then(|answer: Answer| in_order(answer.data, count));
        assert_eq!(read, vectors.map(|v| v.iter().map(|v| v.to_vec()).collect()), "{answer}");
    }

    #[test]
    fn answers() {
        let two = r#"{"data":[{"index":1,"embedding":[0,2]},{"index":0,"embedding":[3,4]}],"model":"m"}"#;
        check(two, 2, Some(&[&[0.6, 0.8], &[0.0, 1.0]]));
        check(two, 1, None);
        check(two, 3, None);
        check(r#"{"data":[{"embedding":[5]},{"embedding":[-1]}]}"#, 2, Some(&[&[1.0], &[-1.0]]));
        for bad in [
            r#"{"data":[]}"#,
            r#"{"data":[{"embedding":[]}]}"#,
            r#"{"data":[{"embedding":[0,0]}]}"#,
            r#"{"data":[{"embedding":[1e39,0]}]}"#,
            r#"{"data":[{"embedding":["1"]}]}"#,
            r#"{"data":[{"index":7,"embedding":[1]}]}"#,
            r#"{"error":{"message":"no"}}"#,
            "<html>",
        ] {
            check(bad, 1, None);
        }
        check(r#"{"data":[{"index":0,"embedding":[1]},{"index":0,"embedding":[1]}]}"#, 2, None);
        check(r#"{"data":[{"embedding":[1]},{"embedding":[1,1]}]}"#, 2, None);
    }
}
