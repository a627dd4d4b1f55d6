//! `POST /v1/ask`: one message, one reply, for clients without a WebSocket.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Extension, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use tokio::sync::oneshot;
use utoipa::ToSchema;
use uuid::Uuid;

use super::conversation::{Asked, Conversation, Sender};
use super::hub::{Opened, Wish};
use super::notice::Code;
use super::refusal::Refusal;
use super::socket::{Right, page_lang, right};
use super::{App, Client, answer, wire};
use crate::language::Lang;

/// A message without a connection.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct AskRequest {
    /// What the patient wrote.
    pub text: String,
    /// The language of the client's page: `ar` or `fa`. Any other is ignored.
    #[serde(default, deserialize_with = "wire::string_or_none")]
    pub locale: Option<String>,
    /// The conversation that it belongs to. Left out: a new one is opened.
    pub conversation: Option<String>,
    /// The token that came when the conversation was opened.
    pub resume_token: Option<String>,
    /// The client's own id, at most 64 characters. The same id again in the same conversation gets the same
    /// reply. Left out: the server makes one.
    #[schema(max_length = 64, min_length = 1)]
    pub id: Option<String>,
}

/// Answers one message.
#[utoipa::path(
    post,
    path = "/v1/ask",
    request_body = AskRequest,
    responses(
        (status = 200, description = "The reply; with `resume_token` if it opened a conversation", body = wire::Reply),
        (status = 202, description = "Kept for the person of the staff who is in the conversation", body = wire::Received),
        (status = 400, description = "`bad_frame`, `empty`", body = wire::Error),
        (status = 401, description = "`unauthorized`", body = wire::Error),
        (status = 403, description = "`forbidden`", body = wire::Error),
        (status = 404, description = "`unknown_conversation`", body = wire::Error),
        (status = 413, description = "`too_long`", body = wire::Error),
        (status = 429, description = "`rate_limited`", body = wire::Error),
        (status = 500, description = "`internal`", body = wire::Error),
        (status = 503, description = "`busy`", body = wire::Error),
    )
)]
pub(super) async fn ask(
    State(app): State<Arc<App>>,
    Extension(client): Extension<Client>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let mut lang = page_lang(&headers);
    let mut id = None;
    match reply(&app, &client, &headers, body, &mut lang, &mut id).await {
        Ok((status, json)) => (status, [(header::CONTENT_TYPE, "application/json")], json).into_response(),
        Err(refusal) => answer(&refusal, lang, id),
    }
}

/// The reply's JSON, or that the message is kept. `lang` and `id` are filled in as soon as they are known, for errors.
async fn reply(
    app: &Arc<App>,
    client: &Client,
    headers: &HeaderMap,
    body: Result<Bytes, BytesRejection>,
    lang: &mut Lang,
    id: &mut Option<String>,
) -> Result<(StatusCode, String), Refusal> {
    let right = right(app, client, headers).await?;
    if app.is_stopping() {
        return Err(Code::Busy.into());
    }
    let body = body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Code::TooLong,
        _ => Code::BadFrame,
    })?;
    let request: AskRequest = serde_json::from_slice(&body).map_err(|_| Code::BadFrame)?;
    let locale = request.locale.as_deref().and_then(Lang::from_code);
    *lang = locale.unwrap_or(*lang);
    let message = match request.id {
        Some(own) if wire::is_id(&own) => own,
        Some(_) => return Err(Code::BadFrame.into()),
        None => Uuid::now_v7().to_string(),
    };
    *id = Some(message.clone());
    match right {
        Right::Patient => app.gate.message(client.address),
        Right::Integration(token) => app.gate.message_of(token),
    }
    .map_err(Refusal::limited)?;
    if wire::is_blank(&request.text) {
        return Err(Code::Empty.into());
    }
    if app.settings.limits.too_long(&request.text) {
        return Err(Code::TooLong.into());
    }

    let (conversation, new_token) = match request.conversation {
        Some(name) => (known(app, &name, request.resume_token.as_deref()).await?, None),
        None => {
            let wish = Wish { locale, channel: Some("http".into()), greeting: false };
            let Opened { conversation, token, write, .. } = app.hub.begin(&app.engine.load(), wish);
            // Not waited for: if it fails, so does the turn behind it, which is.
            app.store.place()?.put(write, Box::new(|_| ()));
            (conversation, Some(token))
        }
    };
    *lang = conversation.lang();
    let ask = wire::Ask { id: message, text: request.text, conversation: None, locale: request.locale };
    let json = turn(app, &conversation, ask).await?;
    let status = if wire::is_received(&json) { StatusCode::ACCEPTED } else { StatusCode::OK };
    Ok(match new_token {
        Some(token) => (status, wire::with_field(&json, "resume_token", &token)),
        None => (status, json),
    })
}

async fn known(app: &App, name: &str, token: Option<&str>) -> Result<Arc<Conversation>, Refusal> {
    let id = Uuid::try_parse(name).map_err(|_| Code::UnknownConversation)?;
    let conversation = app.hub.find(id).await?.ok_or(Code::UnknownConversation)?;
    if !conversation.is_token(token.unwrap_or_default()) {
        return Err(Code::Forbidden.into());
    }
    Ok(conversation)
}

async fn turn(app: &App, conversation: &Arc<Conversation>, ask: wire::Ask) -> Result<String, Refusal> {
    let (told, tell) = oneshot::channel();
    let id = ask.id.clone();
    let hash = app.hub.hash(&id);
    let engine = app.engine.load_full();
    let likeness = app.likeness(&engine, conversation, hash, &ask.text).await;
    let place = app.store.place()?;
    let asked = conversation.ask(&engine, place, ask, hash, likeness.as_ref(), Sender::Request(told))?;
    if asked == Asked::Again {
        return Ok(app.hub.again(conversation, &id).await?.ok_or(Code::Internal)?);
    }
    match tell.await {
        Ok(Ok(json)) => Ok(json.as_str().to_owned()),
        Ok(Err(error)) => Err(error.into()),
        // The writer is gone without a word: the server stops.
        Err(_) => Err(Code::Busy.into()),
    }
}
