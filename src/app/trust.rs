//! Whom to take for the relay: the one that was met before, or a new one at the first meeting.

use super::failure::Failure;
use super::session::App;
use super::setup::Met;
use super::signals::{Signal, Signals};
use crate::session::{Event, clean};
use crate::text::{self, Advice};
use crate::transport::{Dial, Fingerprint, Link, Pin};

impl App {
    /// Before the first call: the key that the relay had last time.
    pub(super) fn recall(&mut self) {
        let Some(known) = &self.trust.known else { return };
        let found = self.relay.ways().map(|way| known.find(&Dial::known_as(way))).collect::<Result<Vec<_>, _>>();
        match found {
            Ok(found) => {
                self.relay.pin = self.relay.pin.or(found.iter().find_map(|found| found.pin));
                let path = known.path();
                if let Some(line) = found.first().and_then(|found| found.damaged) {
                    self.advise(text::damaged_line(&path.display().to_string(), line));
                }
            }
            Err(error) => {
                let path = known.path();
                // What can't be read is not written over.
                self.trust.known = None;
                self.advise(text::unread_relays(&path.display().to_string(), &error.to_string()));
            }
        }
    }

    /// A link is up for the first time. Nothing has been sent over it yet.
    ///
    /// # Errors
    /// [`Failure`] if the relay has another key than the person was told.
    pub(super) fn meet(&mut self, link: &Link) -> Result<(), Failure> {
        let key = link.fingerprint();
        let (relay, had) = (Dial::known_as(link.way()), self.relay.pin);
        let accepted = self.accepts(key);
        if accepted == Some(false) {
            return Err(stop(text::other_key(&relay, &key.to_string())));
        }
        // A relay may change its key, with a certificate, if it had one when it was met, or if the person has said so since.
        let by_certificate = match had {
            None => link.is_vouched(),
            Some(pin) => pin.or_certificate,
        };
        let pin = Pin { key, or_certificate: by_certificate && accepted.is_none() };
        self.relay.pin = Some(pin);
        self.met = Some(Met { relay, pin, vouched: link.is_vouched() });
        Ok(())
    }

    /// Keeps the relay that was met, once the first words to it are on their way: a disk may take longer than the line.
    pub(super) fn keep_met(&mut self) {
        let Some(Met { relay, pin, vouched }) = self.met.take() else { return };
        let Some(known) = &self.trust.known else { return };
        // Where it can't be kept, the person is told below, and has to name it next time.
        let _ = known.used(&self.relay.host);
        let found = known.find(&relay).unwrap_or_default();
        if found.pin == Some(pin) {
            return;
        }
        if let Err(error) = known.remember(&relay, pin) {
            let path = known.path();
            return self.advise(text::unkept_relay(&relay, &path.display().to_string(), &error.to_string()));
        }
        if found.pin.is_none() && !vouched {
            self.tell(Event::NewRelay { relay, key: pin.key.to_string() });
        }
    }

    /// The relay has another key than last time, and perhaps a certificate: it is called again if the person accepts that. If
    /// they do so themselves, a certificate is enough from then on.
    ///
    /// # Errors
    /// [`Failure`] if they don't, or can't be asked.
    pub(super) async fn changed(
        &mut self,
        way: &str,
        key: Fingerprint,
        vouched: bool,
        signals: &mut Signals,
    ) -> Result<(), Failure> {
        let relay = Dial::known_as(way);
        match self.accepts(key) {
            Some(true) => {}
            Some(false) => return Err(stop(text::other_key(&relay, &key.to_string()))),
            None => {
                let question = text::ask_for_key(&relay, vouched);
                let answer = tokio::select! {
                    answer = self.face.ask(&question) => answer.map_err(Failure::no_output)?,
                    Signal::End = signals.next() => Some(String::new()),
                };
                match answer.as_deref().map(|answer| (answer.trim(), key.is_written(answer))) {
                    Some((_, Some(true))) => {}
                    Some(("", _)) | None => return Err(stop(text::changed_key(&relay, &key.to_string(), vouched))),
                    Some((_, Some(false))) => return Err(stop(text::other_key(&relay, &key.to_string()))),
                    Some((typed, None)) => return Err(stop(text::no_key(&clean::chat(typed)))),
                }
            }
        }
        self.relay.pin = Some(Pin { key, or_certificate: vouched && self.trust.accept.is_none() });
        self.dial();
        Ok(())
    }

    /// The relay has another key than before in this session. Perhaps a network on the way plays the relay, and soon no
    /// longer does; so it is called on, and told once.
    pub(super) fn changed_meanwhile(&mut self, way: &str, key: Fingerprint) {
        if !std::mem::replace(&mut self.told_of_key, true) {
            self.advise(text::changed_key(&Dial::known_as(way), &key.to_string(), false));
        }
    }

    /// Whether this is the key that the person was told of; `None` if they were told of none.
    fn accepts(&self, key: Fingerprint) -> Option<bool> {
        self.trust.accept.as_deref().map(|written| key.is_written(written) == Some(true))
    }
}

fn stop(advice: Advice) -> Failure {
    Failure::new(advice)
}
