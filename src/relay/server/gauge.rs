//! Reads a running relay's figures.

use std::sync::Arc;

use super::figures::Figures;
use super::gate::Gate;
use super::hub::Hub;

/// Reads a running relay's figures.
pub struct Gauge {
    pub(super) hub: Arc<Hub>,
    pub(super) gate: Arc<Gate>,
}

impl Gauge {
    /// As they are now.
    pub fn read(&self) -> Figures {
        let figures = self.hub.figures();
        let [handshakes, refused, proofs] = self.gate.figures();
        Figures { handshakes, refused, proofs, ..figures }
    }
}
