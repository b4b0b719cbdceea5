//! Every datagram, by its direction: the only place where one is decoded.
//!
//! The first byte says what it is: below 128 a bundle, otherwise one of the tags.

use super::backfill::{BackfillAnswer, BackfillRequest, NewestFrame};
use super::bundle::{DownBundle, RetransmitDown, RetransmitUp, UpBundle};
use super::error::WireError;
use super::pulse::{NackBundles, NackFrames, Probe, Pulse, UplinkReport};
use super::receiver_report::{HeardBy, ReceiverReport};
use super::{limits, tag};

/// What a member sends to the relay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UpDatagram {
    /// Frames of its own voice.
    Bundle(UpBundle),
    /// Frames that the relay asked for.
    Retransmit(RetransmitUp),
    /// Its sign of life.
    Pulse(Pulse),
    /// How the way up does.
    Probe(Probe),
    /// Which bundles it misses.
    Nack(NackBundles),
    /// Which frames it wants to have later.
    BackfillRequest(BackfillRequest),
    /// Frames of its own that the relay wants to have later.
    BackfillAnswer(BackfillAnswer),
    /// Its newest frame.
    NewestFrame(NewestFrame),
    /// How much of each talker it loses.
    ReceiverReport(ReceiverReport),
}

/// What the relay sends to a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DownDatagram {
    /// Frames of others.
    Bundle(DownBundle),
    /// A bundle that the member asked for.
    Retransmit(RetransmitDown),
    /// How the member's way up does.
    Report(UplinkReport),
    /// How the way down does.
    Probe(Probe),
    /// Which of the member's frames it misses.
    Nack(NackFrames),
    /// Which of the member's frames it wants to have later.
    BackfillRequest(BackfillRequest),
    /// Frames of others that the member has missed.
    BackfillAnswer(BackfillAnswer),
    /// How the member is heard.
    HeardBy(HeardBy),
}

impl UpDatagram {
    /// The datagram's bytes.
    ///
    /// # Errors
    /// [`WireError`] if a part of it is over its limit, empty, or doesn't belong to the rest.
    pub fn encode(&self) -> Result<Vec<u8>, WireError> {
        match self {
            Self::Bundle(bundle) => bundle.encode(),
            Self::Retransmit(frames) => frames.encode(),
            Self::Pulse(pulse) => Ok(pulse.encode()),
            Self::Probe(probe) => Ok(probe.encode()),
            Self::Nack(missing) => Ok(missing.encode()),
            Self::BackfillRequest(request) => Ok(request.encode()),
            Self::BackfillAnswer(answer) => answer.encode(),
            Self::NewestFrame(newest) => Ok(newest.encode()),
            Self::ReceiverReport(report) => report.encode(),
        }
    }

    /// Reads a datagram that a member sent.
    ///
    /// # Errors
    /// [`WireError::TooLarge`] over [`limits::DATAGRAM`] or another limit, [`WireError::Malformed`] unless all of it is one of
    /// these and within its range.
    pub fn decode(bytes: &[u8]) -> Result<Self, WireError> {
        let (first, body) = split(bytes)?;
        match first {
            0..=0x7f => UpBundle::read(bytes).map(Self::Bundle),
            tag::RETRANSMIT_UP => RetransmitUp::read(body).map(Self::Retransmit),
            tag::PULSE => Pulse::read(body).map(Self::Pulse),
            tag::PROBE => Probe::read(body).map(Self::Probe),
            tag::NACK_BUNDLES => NackBundles::read(body).map(Self::Nack),
            tag::BACKFILL_REQUEST => BackfillRequest::read(body).map(Self::BackfillRequest),
            tag::BACKFILL_ANSWER => BackfillAnswer::read(body).map(Self::BackfillAnswer),
            tag::NEWEST_FRAME => NewestFrame::read(body).map(Self::NewestFrame),
            tag::RECEIVER_REPORT => ReceiverReport::read(body).map(Self::ReceiverReport),
            _ => Err(WireError::Malformed),
        }
    }
}

impl DownDatagram {
    /// The datagram's bytes.
    ///
    /// # Errors
    /// As [`UpDatagram::encode`].
    pub fn encode(&self) -> Result<Vec<u8>, WireError> {
        match self {
            Self::Bundle(bundle) => bundle.encode(),
            Self::Retransmit(bundle) => bundle.encode(),
            Self::Report(report) => Ok(report.encode()),
            Self::Probe(probe) => Ok(probe.encode()),
            Self::Nack(missing) => Ok(missing.encode()),
            Self::BackfillRequest(request) => Ok(request.encode()),
            Self::BackfillAnswer(answer) => answer.encode(),
            Self::HeardBy(heard) => Ok(heard.encode()),
        }
    }

    /// Reads a datagram that a relay sent.
    ///
    /// # Errors
    /// As [`UpDatagram::decode`].
    pub fn decode(bytes: &[u8]) -> Result<Self, WireError> {
        let (first, body) = split(bytes)?;
        match first {
            0..=0x7f => DownBundle::read(bytes).map(Self::Bundle),
            tag::RETRANSMIT_DOWN => RetransmitDown::read(body).map(Self::Retransmit),
            tag::UPLINK_REPORT => UplinkReport::read(body).map(Self::Report),
            tag::PROBE => Probe::read(body).map(Self::Probe),
            tag::NACK_FRAMES => NackFrames::read(body).map(Self::Nack),
            tag::BACKFILL_REQUEST => BackfillRequest::read(body).map(Self::BackfillRequest),
            tag::BACKFILL_ANSWER => BackfillAnswer::read(body).map(Self::BackfillAnswer),
            tag::HEARD_BY => HeardBy::read(body).map(Self::HeardBy),
            _ => Err(WireError::Malformed),
        }
    }
}

/// The first byte, and what is behind it.
fn split(bytes: &[u8]) -> Result<(u8, &[u8]), WireError> {
    if bytes.len() > limits::DATAGRAM {
        return Err(WireError::TooLarge);
    }
    bytes.split_first().map(|(first, body)| (*first, body)).ok_or(WireError::Malformed)
}
