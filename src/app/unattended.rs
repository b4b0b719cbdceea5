//! What a session does when nobody attends it any more: its microphone closes, and it leaves, or says how it stays.

use std::io::{self, IsTerminal};
use std::time::Duration;

use super::attendance::{self, Gone, LAST};
use super::failure::Failure;
use super::quiet;
use super::session::App;
use crate::session::{Event, Intent, Phase, Trouble};
use crate::text::{Advice, start};

/// How long the group has to end, when it is to end with me, before I leave all the same.
const INSIST: Duration = Duration::from_secs(2);

impl App {
    /// The terminal is gone, or whoever read what is written.
    pub(super) fn gone(&mut self, gone: Gone) {
        if self.person.gone.replace(gone).is_none() {
            self.sound.set_mic(false);
            self.end();
        }
    }

    /// Leaves, and ends the process if that takes too long.
    pub(super) fn end(&mut self) {
        if !std::mem::replace(&mut self.person.ends, true) {
            attendance::end_within(LAST);
        }
        self.leave();
    }

    /// The group is asked to end first; it isn't waited for for long.
    pub(super) fn leave_soon(&mut self) {
        self.person.insist.get_or_insert_with(|| tokio::time::Instant::now() + INSIST);
    }

    /// Nothing can be typed any more. A person who ends it at a terminal leaves; a program may want to listen only.
    pub(super) fn input_over(&mut self) {
        if io::stdin().is_terminal() {
            return self.end();
        }
        let was_open = self.shut_mic();
        self.person.silent = (was_open || self.face.is_plain()).then_some(was_open);
        self.tell_silent();
    }

    /// Tells a member who is in that nothing can be typed any more.
    pub(super) fn tell_silent(&mut self) {
        let inside = matches!(self.member.room().phase, Phase::In | Phase::Returning(_));
        if let Some(was_open) = self.person.silent.take_if(|_| inside) {
            self.advise(start::input_over(was_open));
        }
    }

    /// Looks whether what is written is taken.
    pub(super) fn watch_output(&mut self) {
        if self.face.is_unread() {
            return self.gone(if io::stdout().is_terminal() { Gone::Terminal } else { Gone::Reader });
        }
        let still = self.face.stands_still();
        if still == std::mem::replace(&mut self.person.still, still) {
            return;
        }
        if still {
            self.sound.check(false);
            self.person.shut = self.shut_mic();
            if self.person.shut && !io::stdout().is_terminal() {
                quiet::say(start::output_stands_still());
            }
        } else if std::mem::take(&mut self.person.shut) {
            self.advise(start::output_stood_still());
        }
    }

    /// When to look again whether what is written is taken.
    pub(super) fn output_due(&self) -> Option<std::time::Instant> {
        self.face.still_at().filter(|_| !self.person.still)
    }

    /// Whether the microphone may be opened: not while its owner can't see that it is open.
    pub(super) fn may_open_mic(&mut self) -> bool {
        if self.person.still {
            self.person.shut = true;
        }
        !self.person.still
    }

    /// Whether somebody was there to the end who can read how it ended.
    ///
    /// # Errors
    /// [`Failure`] if nobody read it.
    pub(super) fn was_read(&self) -> Result<(), Failure> {
        match self.person.gone {
            Some(Gone::Reader) => Err(Failure::new(start::nobody_reads())),
            Some(Gone::Terminal) | None => Ok(()),
        }
    }

    /// Closes the microphone. Whether it was open.
    fn shut_mic(&mut self) -> bool {
        let was_open = self.member.room().mic.open;
        self.member.handle_intent(Intent::Mic { open: false }, self.clock.now());
        was_open && !self.member.room().mic.open
    }

    pub(super) fn advise(&mut self, (message, hint): Advice) {
        self.tell(Event::Trouble(Trouble::Message { message, hint }));
    }
}
