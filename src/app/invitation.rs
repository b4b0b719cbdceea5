//! What the session tells the person: events, and what others need to come in.

use super::session::App;
use super::setup::Outside;
use crate::session::{Event, Invitation};
use crate::text;

impl App {
    /// Tells the person what happened, with a soft sound if it has one.
    pub(super) fn tell(&mut self, event: Event) {
        let (room, now) = (self.member.room(), self.clock.now());
        self.sound.cue(&event, room, now);
        self.face.hear(&event, room, now);
    }

    /// As [`Self::advertise`], unless it was told already.
    pub(super) fn advertise_if_new(&mut self) {
        if self.member.room().code != self.told_code {
            self.advertise();
        }
    }

    /// The code can be given to others, now that it's known or new.
    pub(super) fn advertise(&mut self) {
        let Some(invitation) = self.invitation() else { return };
        let code = invitation.code.clone();
        self.told_code = Some(code.clone());
        // Whatever is kept about the group is there before anybody is told of it: the program may end at any moment.
        if let Some(open) = self.on_open.take() {
            open(code);
        }
        self.tell(Event::Hosting(invitation));
    }

    /// It has turned out from where the relay in this program can be reached.
    pub(super) fn reached(&mut self, outside: Outside) {
        (self.advertised, self.reach) = (outside.advertised, Some(outside.reach));
        if let Some(invitation) = self.invitation() {
            self.tell(Event::Reach(invitation));
        }
    }

    fn invitation(&self) -> Option<Invitation> {
        let room = self.member.room();
        let (code, relay, reach) = (room.code.clone()?, self.advertised.clone(), self.reach);
        let (title, extras) = (&room.state.title, &self.extras);
        let text = text::long_invitation(&code, &relay, title, extras);
        let (short, link) =
            (text::short_invitation(&code, &relay, title, extras), text::invitation_link(&code, &relay));
        let key = self.relay.pin.map(|pin| pin.key.to_string()).unwrap_or_default();
        Some(Invitation { code, relay, key, text, short, link, reach })
    }
}
