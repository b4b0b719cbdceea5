//! A line between a member and the relay that can be cut, and that can change its address as a NAT does: the emulator's, with the
//! addresses as texts.

use ingle::sim::link::Setting;

use super::emulator::Line;
use super::profiles;

/// Forwards datagrams. Dropping ends it.
pub(crate) struct Proxy {
    pub at: String,
    line: Line,
}

impl Proxy {
    pub(crate) fn to(relay: &str) -> Self {
        Self::seeded(relay, 0)
    }

    /// One whose chances come from `seed`.
    pub(crate) fn seeded(relay: &str, seed: u64) -> Self {
        let relay = relay.parse().expect("an address");
        let line = Line::uncounted(relay, Setting::CLEAR, seed).expect("started");
        Self { at: line.at.to_string(), line }
    }

    /// From here on the line is as these words of netem's say.
    pub(crate) fn set(&self, words: &str) {
        self.line.set(profiles::setting(words).expect("a line"));
    }

    /// From here on nothing passes, or everything again.
    pub(crate) fn cut(&self, cut: bool) {
        self.line.cut(cut);
    }

    /// From here on nothing passes to the member, or everything again. What it sends passes.
    pub(crate) fn deafen(&self, deaf: bool) {
        self.line.deafen(deaf);
    }

    /// From here on the relay sees the member at another port; what is sent to the old one is lost.
    pub(crate) fn rebind(&self) {
        self.line.rebind();
    }

    /// From here on nothing passes for the sockets that the member has had so far, as when a firewall has forgotten them.
    pub(crate) fn strand(&self) {
        self.line.strand();
    }
}
