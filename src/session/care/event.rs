//! What those who watch are told about care for each other.

use crate::ids::{Attempt, SeatId};
use crate::session::{Gesture, Secret};

/// A word, a sign or an alarm that is about how somebody is.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "the fields are named by what they are")]
pub enum CareEvent {
    /// A private word.
    Private {
        /// Who wrote it.
        from: String,
        /// Whom it's for.
        to: String,
        /// What.
        text: String,
        /// Whether it's mine.
        mine: bool,
    },
    /// A member asks those who lead for help.
    Help(String),
    /// My call for help has reached those who lead.
    HelpSent,
    /// A member gives a quiet sign, without a word.
    Gesture { seat: SeatId, gesture: Gesture },
    /// What is to be done if the member of this name vanishes.
    FollowUp { name: String, text: Secret },
    /// The member of this name has left a note at the door.
    Note { name: String, text: Secret },
    /// A joiner at my door has left a note.
    KnockNote { attempt: Attempt, name: String, note: Secret },
    /// At the door, my note is with those who lead.
    NoteSent,
    /// The member who had this order of arrival and this name vanished.
    Alarm { arrival: u64, name: String },
    /// Somebody who leads has seen to a member who vanished or asked for help.
    SeenTo {
        /// By whom.
        by: String,
        /// Whose name it is.
        name: String,
    },
}
