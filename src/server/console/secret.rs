//! Passwords and tokens: made, hashed, compared. None of them is ever part of a message or of the log.

use std::sync::Arc;
use std::time::Duration;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

use super::problem::Problem;
use super::request::hex;

/// Characters of a password, at least.
const LEAST: usize = 12;

/// Bytes of a password, at most: hashing takes as long as it is.
const MOST_BYTES: usize = 1024;

/// How long somebody may wait for a password to be checked.
const PATIENCE: Duration = Duration::from_secs(10);

/// Letters of passwords that are made here: none that is taken for another.
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// Why a new password is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    /// Too few characters.
    #[error("take at least {LEAST} characters")]
    Short,
    /// More than can be hashed in decent time.
    #[error("take at most {MOST_BYTES} bytes")]
    Long,
    /// It holds the login, or the login holds it.
    #[error("take a password that is not like the login")]
    LikeLogin,
    /// One character over and over.
    #[error("take a password of more than a few different characters")]
    Monotonous,
    /// The system gives no random numbers or no memory.
    #[error("the password could not be hashed; try again")]
    Failed,
}

/// A password that may be taken. Does not show itself.
pub struct NewPassword(String);

impl std::fmt::Debug for NewPassword {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NewPassword")
    }
}

impl NewPassword {
    /// Checks a password that somebody chose for `login`.
    ///
    /// # Errors
    /// [`PasswordError`].
    pub fn chosen(password: String, login: &str) -> Result<Self, PasswordError> {
        if password.chars().count() < LEAST {
            return Err(PasswordError::Short);
        }
        if password.len() > MOST_BYTES {
            return Err(PasswordError::Long);
        }
        let (low, login) = (password.to_lowercase(), login.to_lowercase());
        // The login and a bit around it; a long sentence may well hold a short name.
        if low.contains(&login) && low.replace(&login, "").chars().count() < LEAST / 2 {
            return Err(PasswordError::LikeLogin);
        }
        let different: std::collections::HashSet<char> = low.chars().collect();
        if different.len() < 4 {
            return Err(PasswordError::Monotonous);
        }
        Ok(Self(password))
    }

    /// A random one of 20 letters (100 bits), in groups that can be read out.
    ///
    /// # Errors
    /// [`PasswordError::Failed`] if the system gives no random numbers.
    pub fn random() -> Result<Self, PasswordError> {
        let bytes: [u8; 20] = random()?;
        let letters = bytes.iter().filter_map(|byte| LETTERS.get(usize::from(byte % 32))).copied();
        let letters: Vec<char> = letters.map(char::from).collect();
        let groups: Vec<String> = letters.chunks(5).map(|group| group.iter().collect()).collect();
        Ok(Self(groups.join("-")))
    }

    /// The password itself, to be shown once to whoever made it.
    #[must_use]
    pub fn into_shown(self) -> String {
        self.0
    }
}

/// The Argon2id hash of a password, as a PHC string. Takes some 30 ms and 19 MiB.
///
/// # Errors
/// [`PasswordError::Failed`].
pub fn hash_password(password: &NewPassword) -> Result<String, PasswordError> {
    let hash = Argon2::default().hash_password(password.0.as_bytes());
    hash.map(|hash| hash.to_string()).map_err(|_| PasswordError::Failed)
}

/// [`hash_password`] on a thread for waiting, when there is room.
///
/// # Errors
/// 503 if there is no room for long.
pub(super) async fn hash(room: &Arc<Semaphore>, password: NewPassword) -> Result<String, Problem> {
    in_turn(room, move || hash_password(&password)).await?.map_err(|error| {
        tracing::error!(%error, "a password could not be hashed");
        Problem::internal()
    })
}

/// Whether `password` is the one of `hash`. Without a hash it takes as long and is not.
///
/// # Errors
/// 503 if there is no room for long.
pub(super) async fn verify(
    room: &Arc<Semaphore>,
    password: String,
    hash: Option<String>,
) -> Result<bool, Problem> {
    in_turn(room, move || {
        if password.len() > MOST_BYTES {
            return false;
        }
        match hash {
            Some(hash) => PasswordHash::new(&hash)
                .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok()),
            None => {
                // For its time only.
                let _hash = Argon2::default().hash_password(password.as_bytes());
                false
            }
        }
    })
    .await
}

async fn in_turn<T: Send + 'static>(
    room: &Arc<Semaphore>,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Problem> {
    let place = tokio::time::timeout(PATIENCE, Arc::clone(room).acquire_owned()).await;
    let Ok(Ok(place)) = place else { return Err(Problem::busy()) };
    let done = tokio::task::spawn_blocking(move || {
        let result = work();
        drop(place);
        result
    });
    done.await.map_err(|_| Problem::internal())
}

/// A new token: 256 random bits, and the SHA-256 that is kept of it.
///
/// # Errors
/// [`PasswordError::Failed`] if the system gives no random numbers.
pub(super) fn token() -> Result<(String, [u8; 32]), PasswordError> {
    let token = hex(&random::<32>()?);
    let digest = digest(&token);
    Ok((token, digest))
}

/// What is kept of a token.
#[must_use]
pub(super) fn digest(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

fn random<const N: usize>() -> Result<[u8; N], PasswordError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| PasswordError::Failed)?;
    Ok(bytes)
}

impl From<PasswordError> for Problem {
    fn from(error: PasswordError) -> Self {
        match error {
            PasswordError::Failed => Problem::internal(),
            error => Problem::invalid("password", error.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_that_are_easily_guessed_are_refused() {
        for (password, expected) in [
            ("short", Some(PasswordError::Short)),
            ("کوتاه است", Some(PasswordError::Short)),
            ("noor.clinic!", Some(PasswordError::LikeLogin)),
            ("xNOOR.CLINICx", Some(PasswordError::LikeLogin)),
            ("noor.clinicnoor.clinic123", Some(PasswordError::LikeLogin)),
            ("aaaaaaaaaaaaa", Some(PasswordError::Monotonous)),
            ("the noor.clinic opens its door at nine", None),
            ("درِ کلینیک ساعت نه", None),
            (&"ab3d".repeat(257), Some(PasswordError::Long)),
        ] {
            let refused = NewPassword::chosen(password.into(), "noor.clinic").err();
            assert_eq!(refused, expected, "{password}");
        }
    }

    #[tokio::test]
    async fn a_hash_knows_its_password() {
        let room = Arc::new(Semaphore::new(1));
        let made = NewPassword::random().expect("made").into_shown();
        assert_eq!(made.len(), 23);
        let chosen = NewPassword::chosen(made.clone(), "a").expect("good");
        let hash = hash(&room, chosen).await.expect("hashed");
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(verify(&room, made.clone(), Some(hash.clone())).await.expect("verified"));
        for (password, hash) in [
            (format!("{made}x"), Some(hash.clone())),
            (made.clone(), None),
            (made.clone(), Some("no hash".into())),
            ("x".repeat(5000), Some(hash)),
        ] {
            assert!(!verify(&room, password, hash).await.expect("verified"));
        }
    }

    #[test]
    fn tokens_differ() {
        let (first, digest_of_first) = token().expect("made");
        let (second, _) = token().expect("made");
        assert!(first.len() == 64 && first != second && digest(&first) == digest_of_first);
    }
}
