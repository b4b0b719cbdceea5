//! What the server is asked about its devices and our streams.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Instant;

use libpulse_binding::callbacks::ListResult;
use libpulse_binding::context::introspect::{SinkInfo, SourceInfo};
use libpulse_binding::context::subscribe::{Facility, InterestMaskSet};
use libpulse_binding::context::{Context, State};
use libpulse_binding::def::PortAvailable;
use libpulse_binding::proplist::Proplist;

use super::table::{Hints, Known, Server, Table, form};
use crate::audio::device::backend::DeviceInfo;
use crate::audio::error::Side;

/// The sink that servers put in where there is none, so that programs go on playing to nobody.
const STAND_IN: &str = "auto_null";

/// What callbacks have noted since it was last looked at. They run while the main loop does and touch nothing else.
#[derive(Default)]
pub(super) struct News {
    /// The devices are not as they were.
    pub(super) devices: bool,
    /// Streams, by side and server's number, that are not as they were. They may be other programs'.
    pub(super) streams: Vec<(Side, u32)>,
    /// A whole new table.
    pub(super) table: Option<Table>,
    /// How our streams are.
    pub(super) own: Vec<Own>,
    coming: Table,
    questions: u32,
    asked: Option<Instant>,
}

/// How a stream of ours is, by the server.
#[derive(Clone, Copy)]
pub(super) struct Own {
    pub(super) side: Side,
    /// Its number.
    pub(super) index: u32,
    /// Whether it's muted, whatever its device is.
    pub(super) muted: bool,
    /// The number of its device.
    pub(super) device: u32,
}

impl News {
    fn ask(&mut self) {
        self.questions += 1;
        self.asked.get_or_insert_with(Instant::now);
    }

    fn answered(&mut self) {
        self.questions = self.questions.saturating_sub(1);
        self.asked = (self.questions > 0).then(Instant::now);
    }

    /// Since when the server owes an answer.
    pub(super) fn asked(&self) -> Option<Instant> {
        self.asked
    }

    /// Counts the wait from now, because this process was stopped.
    pub(super) fn wait_anew(&mut self, now: Instant) {
        self.asked = self.asked.map(|_| now);
    }
}

/// News that callbacks write and the thread reads.
pub(super) type Shared = Rc<RefCell<News>>;

/// Asks to be told of changes.
pub(super) fn subscribe(context: &mut Context, news: &Shared) {
    let told = news.clone();
    context.set_subscribe_callback(Some(Box::new(move |facility, _, index| {
        let mut news = told.borrow_mut();
        match facility {
            Some(Facility::SinkInput) => news.streams.push((Side::Speaker, index)),
            Some(Facility::SourceOutput) => news.streams.push((Side::Microphone, index)),
            Some(Facility::Sink | Facility::Source | Facility::Server | Facility::Card) => news.devices = true,
            Some(Facility::Module | Facility::Client | Facility::SampleCache) | None => {}
        }
    })));
    if context.get_state() == State::Ready {
        let wanted = InterestMaskSet::SERVER
            | InterestMaskSet::CARD
            | InterestMaskSet::SINK
            | InterestMaskSet::SOURCE
            | InterestMaskSet::SINK_INPUT
            | InterestMaskSet::SOURCE_OUTPUT;
        context.subscribe(wanted, |_| {});
    }
}

/// Asks for all devices; the answer is [`News::table`].
pub(super) fn devices(context: &Context, news: &Shared) {
    if context.get_state() != State::Ready {
        return;
    }
    let (ask, told) = (context.introspect(), news.clone());
    news.borrow_mut().ask();
    ask.get_server_info(move |server| {
        let text = |text: &Option<std::borrow::Cow<'_, str>>| text.as_ref().map(ToString::to_string);
        let mut news = told.borrow_mut();
        news.coming.default_sink = text(&server.default_sink_name);
        news.coming.default_source = text(&server.default_source_name);
        let name = text(&server.server_name).unwrap_or_default();
        news.coming.server = if name.contains("PipeWire") { Server::PipeWire } else { Server::PulseAudio };
        news.coming.sinks.clear();
        news.coming.sources.clear();
        news.answered();
    });
    let told = news.clone();
    news.borrow_mut().ask();
    ask.get_sink_info_list(move |item| match item {
        ListResult::Item(sink) => told.borrow_mut().coming.sinks.push(sink_known(sink)),
        ListResult::End | ListResult::Error => told.borrow_mut().answered(),
    });
    let told = news.clone();
    news.borrow_mut().ask();
    ask.get_source_info_list(move |item| match item {
        ListResult::Item(source) => told.borrow_mut().coming.sources.push(source_known(source)),
        ListResult::End | ListResult::Error => {
            let mut news = told.borrow_mut();
            news.table = Some(news.coming.clone());
            news.answered();
        }
    });
}

/// Asks how a stream of ours is; the answer is in [`News::own`].
pub(super) fn own(context: &Context, news: &Shared, side: Side, index: u32) {
    if context.get_state() != State::Ready {
        return;
    }
    news.borrow_mut().ask();
    let told = news.clone();
    // One that is gone is no error: the stream itself says so.
    let note = move |answer: Option<(bool, u32)>| {
        let mut news = told.borrow_mut();
        match answer {
            Some((muted, device)) => news.own.push(Own { side, index, muted, device }),
            None => news.answered(),
        }
    };
    match side {
        Side::Microphone => drop(context.introspect().get_source_output_info(index, move |item| match item {
            ListResult::Item(it) => note(Some((it.mute || it.has_volume && it.volume.is_muted(), it.source))),
            ListResult::End | ListResult::Error => note(None),
        })),
        Side::Speaker => drop(context.introspect().get_sink_input_info(index, move |item| match item {
            ListResult::Item(it) => note(Some((it.mute || it.has_volume && it.volume.is_muted(), it.sink))),
            ListResult::End | ListResult::Error => note(None),
        })),
    }
}

/// Asks for any sign of life.
pub(super) fn life(context: &Context, news: &Shared) {
    if context.get_state() == State::Ready {
        news.borrow_mut().ask();
        let told = news.clone();
        context.introspect().get_server_info(move |_| told.borrow_mut().answered());
    }
}

fn sink_known(sink: &SinkInfo<'_>) -> Known {
    let port = sink.active_port.as_ref();
    let port = port.map(|port| (port.name.as_deref(), port.available == PortAvailable::No));
    let info = device(sink.name.as_deref(), sink.description.as_deref(), port, &sink.proplist);
    let unfit = info.id == STAND_IN;
    Known { info, index: sink.index, unfit, muted: sink.mute || sink.volume.is_muted() }
}

fn source_known(source: &SourceInfo<'_>) -> Known {
    let port = source.active_port.as_ref();
    let port = port.map(|port| (port.name.as_deref(), port.available == PortAvailable::No));
    let info = device(source.name.as_deref(), source.description.as_deref(), port, &source.proplist);
    let unfit = source.monitor_of_sink.is_some();
    Known { info, index: source.index, unfit, muted: source.mute || source.volume.is_muted() }
}

fn device(
    name: Option<&str>,
    description: Option<&str>,
    port: Option<(Option<&str>, bool)>,
    proplist: &Proplist,
) -> DeviceInfo {
    let id = name.unwrap_or_default().to_owned();
    let name = description.filter(|text| !text.is_empty()).unwrap_or(&id).to_owned();
    let (port, unplugged) = port.unwrap_or_default();
    let (factor, bluetooth) = (proplist.get_str("device.form_factor"), proplist.get_str("bluetooth.protocol"));
    let bluetooth = bluetooth.or_else(|| proplist.get_str("api.bluez5.profile"));
    let hints = Hints { port, unplugged, factor: factor.as_deref(), bluetooth: bluetooth.as_deref() };
    DeviceInfo { id, name, form: form(hints) }
}
