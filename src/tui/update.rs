//! Keys to commands.

use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind};

use super::event::TuiEvent;
use super::guide::{guide, label};
use super::help::Help;
use super::input::Input;
use super::invite;
use super::keymap::{self, Action, Context, Who};
use super::layout::Layout;
use super::menu::{self, Line, Prompt, Step};
use super::model::{Focus, Model, Page};
use super::paste::paste;
use super::travel::travel;
use super::view;
use crate::command::{self, Command, Use, Word};
use crate::ids::{Attempt, SeatId, Time};
use crate::session::{Answer, ChatLine, Decide, Intent, InviteForm, Phase, Pick, Room, Trouble, Turn, Whom};
use crate::text::{self, Advice};

/// A notice that is younger than this outlives a key: it may not have been read.
const UNREAD: Duration = Duration::from_secs(2);

/// Takes in an event, and gives what is to be done. Questions, pages and typed answers stay within the model.
pub fn update(model: &mut Model, room: &Room, event: &TuiEvent, now: Time) -> Vec<Command> {
    match event {
        TuiEvent::Tick => {
            model.tick(room, now);
            if model.hold.is_lost(now) { intent(Intent::Mic { open: false }) } else { vec![] }
        }
        TuiEvent::Resize(columns, rows) => {
            model.size = (*columns, *rows);
            model.touch();
            vec![]
        }
        TuiEvent::Paste(pasted) => {
            paste(model, room, pasted, now);
            vec![]
        }
        TuiEvent::Release(event) => {
            let mic = keymap::find(&[Context::Room], event).is_some_and(|binding| binding.action == Action::Mic);
            if mic && model.hold.release(now) { intent(Intent::Mic { open: false }) } else { vec![] }
        }
        TuiEvent::FocusLost => {
            if model.hold.release(now) {
                intent(Intent::Mic { open: false })
            } else {
                vec![]
            }
        }
        TuiEvent::Key(event) => {
            model.touch();
            model.notice.take_if(|notice| now.since(notice.since) >= UNREAD);
            press(model, room, event, now)
        }
    }
}

fn press(model: &mut Model, room: &Room, event: &KeyEvent, now: Time) -> Vec<Command> {
    let contexts = model.contexts(room);
    let context = model.context(room);
    if let Some(Page::Menu(menu, at)) = model.page
        && context == Context::Menu
        && let Some(line) = menu::find(menu, room, event).or_else(|| {
            let sends = event.code == KeyCode::Enter && event.modifiers.is_empty();
            menu::lines(menu, room).get(at).copied().filter(|_| sends)
        })
    {
        let done = choose(model, room, line, now);
        return done.unwrap_or_else(|trouble| told(model, room, &trouble, now));
    }
    let Some(binding) = keymap::find(&contexts, event) else {
        match (context, &mut model.page) {
            (Context::Writing, _) => edit(model, event, now),
            (Context::Searching, Some(Page::Help(Help { search: Some(search), top, .. }))) => {
                search.edit(event);
                *top = 0;
            }
            _ => {}
        }
        return vec![];
    };
    let may = binding.who == Who::Everybody || room.am_facilitator();
    let needs = match (Context::CIRCLE.contains(&context), may) {
        (_, true) => Ok(()),
        (true, false) => command::permit(Use::Facilitator, room),
        (false, false) => return vec![],
    };
    if let Err(trouble) = needs {
        return told(model, room, &trouble, now);
    }
    let done = match context {
        _ if binding.action == Action::CloseMic => Ok(intent(Intent::Mic { open: false })),
        Context::Writing => writing(model, room, binding.action, now),
        Context::Menu if binding.action == Action::Mic => mic(model, room, event, now),
        Context::Inviting if matches!(binding.action, Action::Copy | Action::CopyShort | Action::Picture) => {
            Ok(inviting(model, room, binding.action, now))
        }
        Context::Helping | Context::Searching if searching(model, binding.action) => Ok(vec![]),
        Context::Reading | Context::Inviting | Context::Helping | Context::Searching | Context::Menu => {
            Ok(reading(model, room, binding.action))
        }
        Context::Asking => asking(model, room, binding.action),
        Context::Over => Ok(over(model, room, binding.action)),
        _ if binding.action == Action::Mic => mic(model, room, event, now),
        _ => in_room(model, room, binding.action, now),
    };
    done.unwrap_or_else(|trouble| told(model, room, &trouble, now))
}

/// Does what a line of a menu says, or asks for what it needs first.
fn choose(model: &mut Model, room: &Room, line: &'static Line, now: Time) -> Result<Vec<Command>, Trouble> {
    model.page = None;
    let picked = model.picked.and_then(|pick| pick.seat(room)).and_then(|seat| room.state.circle.name(seat));
    proceed(model, room, menu::begin(line, picked), now)
}

fn proceed(model: &mut Model, room: &Room, step: Step, now: Time) -> Result<Vec<Command>, Trouble> {
    match step {
        Step::Ask(prompt) => {
            (model.input, model.prompt) = (Some(Input::default()), Some(prompt));
            Ok(vec![])
        }
        // What was not understood stays, to be mended.
        Step::Typed(line) => {
            let command = command::parse(&line, room)?;
            (model.input, model.prompt) = (None, None);
            Ok(command.map_or(vec![], |command| answer(model, room, command, now)))
        }
    }
}

/// The key of the microphone: it changes it, or is held.
fn mic(model: &mut Model, room: &Room, event: &KeyEvent, now: Time) -> Result<Vec<Command>, Trouble> {
    let open = !(room.mic.open || room.mic.listens);
    if event.kind == KeyEventKind::Repeat {
        model.hold.repeat(now);
        return Ok(vec![]);
    }
    Ok(if model.hold.press(open, now) { intent(Intent::Mic { open }) } else { vec![] })
}

fn told(model: &mut Model, room: &Room, trouble: &Trouble, now: Time) -> Vec<Command> {
    let (message, hint) = text::trouble(trouble, guide(room));
    model.say(format!("{message} {hint}"), now);
    vec![]
}

fn intent(intent: Intent) -> Vec<Command> {
    vec![Command::Intent(intent)]
}

fn in_room(model: &mut Model, room: &Room, action: Action, now: Time) -> Result<Vec<Command>, Trouble> {
    let commands = match action {
        Action::Next => intent(Intent::Turn(command::next(room)?)),
        Action::Done => intent(Intent::Turn(command::done(room))),
        Action::Pass => intent(Intent::Turn(Turn::Pass)),
        Action::Later => intent(Intent::Turn(Turn::Later)),
        Action::Hand => {
            intent(Intent::Hand { up: !room.me.is_some_and(|me| room.state.turns.queue.hands.contains(&me)) })
        }
        Action::Write => {
            (model.input, model.prompt) = (Some(Input::default()), None);
            vec![]
        }
        Action::Note if room.phase != Phase::Waiting || room.note.is_some() => return Err(Trouble::NoteGiven),
        Action::Note => match menu::note() {
            Some(line) => return choose(model, room, line, now),
            None => vec![],
        },
        Action::Open(menu) => {
            model.page = Some(Page::Menu(menu, 0));
            vec![]
        }
        Action::Mute => {
            let seat = picked(model, room)?;
            if room.me == Some(seat) {
                return Err(problem(text::own_microphone(guide(room))));
            }
            intent(Intent::Mute { whom: Whom::One(seat), muted: !room.state.circle.is_muted(seat) })
        }
        Action::MuteAll => intent(Intent::Mute { whom: Whom::All, muted: !all_muted(room) }),
        Action::Admit => intent(Intent::Admit(Whom::One(knock(model, room)?))),
        Action::AdmitAll if room.door.is_empty() => return Err(Trouble::NobodyWaits),
        Action::AdmitAll => intent(Intent::Admit(Whom::All)),
        Action::Remove => {
            model.page = Some(match model.focus(room) {
                Focus::Door => Page::Decline(knock(model, room)?),
                _ => {
                    let seat = command::another(room, picked(model, room)?)?;
                    Page::Remove(Pick::new(room, seat).ok_or_else(nobody_picked)?)
                }
            });
            vec![]
        }
        Action::Lock => intent(Intent::Lock { locked: !room.state.locked }),
        Action::Try => intent(Intent::AllowTry),
        Action::GiveBack => {
            let named = picked(model, room).ok().and_then(|seat| command::give_back(room, Some(seat)).ok());
            intent(named.map_or_else(|| command::give_back(room, None), Ok)?)
        }
        Action::NewCode => intent(Intent::NewCode),
        Action::Lead => intent(command::lead(room, picked(model, room).ok())?),
        Action::NextPanel | Action::PageUp if reads_chat(model, room) => {
            let mine = room.me.and_then(|me| room.state.circle.name(me));
            let line = |line: &ChatLine| format!("{}: {}", line.from, text::chat_text(line, mine));
            let page = Page::Text(text::CHAT.get(), room.chat.iter().map(line).collect(), 0);
            let end = view::page_end(&page, room, model.size);
            let Page::Text(heading, lines, _) = page else { return Ok(vec![]) };
            model.page = Some(Page::Text(heading, lines, end));
            vec![]
        }
        Action::Up | Action::Down | Action::PageUp | Action::PageDown => {
            travel(model, room, action);
            vec![]
        }
        Action::NextPanel => {
            let panels = model.panels(room);
            let at = panels.iter().position(|panel| *panel == model.focus(room)).unwrap_or(0);
            model.wanted = panels[(at + 1) % panels.len()];
            vec![]
        }
        Action::Clear => {
            (model.picked, model.knock, model.notice, model.wanted, model.chat_back) = Default::default();
            vec![]
        }
        Action::Leave if matches!(room.phase, Phase::Connecting) => vec![Command::Quit],
        Action::Leave => {
            model.page = Some(Page::Leave(model.picked));
            vec![]
        }
        // A person who steps away from the screen is not listened to.
        Action::Suspend => vec![Command::Intent(Intent::Mic { open: false }), Command::Suspend],
        Action::Agree if room.me.is_some() => intent(Intent::Decide(command::agree(room)?)),
        Action::Aside => intent(Intent::Decide(Decide::Answer(command::current(room)?, Answer::Aside))),
        // Minutes that are not right need no reason that is kept.
        Action::Block if menu::only_minutes(room) => intent(Intent::Decide(Decide::Minutes { right: false })),
        Action::Block => match menu::of(Word::Block) {
            Some(line) => return choose(model, room, line, now),
            None => vec![],
        },
        Action::Ballot(choice) => intent(Intent::Decide(Decide::Ballot(command::voted(room)?, choice))),
        Action::Agree | Action::SoundCheck => {
            command::permit(Use::Waiting, room)?;
            intent(if action == Action::Agree { Intent::Agree } else { Intent::SoundCheck })
        }
        Action::People => answer(model, room, Command::Who, now),
        Action::Line => answer(model, room, Command::Link, now),
        Action::Plan => intent(Intent::Spend(room.spending.next())),
        Action::Aloud => intent(Intent::PlayAloud),
        Action::Louder | Action::Softer => {
            intent(command::louder(picked(model, room)?, action == Action::Louder, room)?)
        }
        Action::Skip => intent(command::skip(room)?),
        Action::Verify => intent(command::verify(room)?),
        Action::Same | Action::Differ => intent(command::compared(room, action == Action::Same)?),
        Action::Rules => answer(model, room, Command::Rules, now),
        Action::Privacy => answer(model, room, Command::Privacy, now),
        Action::Help => answer(model, room, Command::Help(String::new()), now),
        Action::Invite => answer(model, room, Command::Invite, now),
        Action::Copy => answer(model, room, Command::Copy(InviteForm::Long), now),
        Action::CopyShort => answer(model, room, Command::Copy(InviteForm::Short), now),
        Action::Redraw => vec![Command::Redraw],
        Action::Mic
        | Action::CloseMic
        | Action::Picture
        | Action::Search
        | Action::Yes
        | Action::No
        | Action::EndForAll
        | Action::Send => vec![],
    };
    Ok(commands)
}

/// What can be answered by a page is; all else is for others to do.
fn answer(model: &mut Model, room: &Room, command: Command, now: Time) -> Vec<Command> {
    let page = match command {
        Command::Help(words) => Page::Help(Help::about(&words)),
        Command::Who => Page::Text(text::WHO_IS_HERE.get(), text::who(room, now), 0),
        Command::Link => Page::Text(text::YOUR_LINE.get(), text::link(room), 0),
        Command::Spending => Page::Text(text::YOUR_LINE.get(), text::spendings(room, guide(room)), 0),
        Command::Devices(side) => Page::Text(text::device_heading(side), text::device_list(side, room, guide(room)), 0),
        Command::Rules => Page::Text(text::GROUND_RULES.get(), list(&text::ground_rules(room)), 0),
        Command::Proposal => Page::Text(text::WHAT_IS_PROPOSED.get(), text::proposals(room), 0),
        Command::Minutes => Page::Text(text::THE_MINUTES.get(), text::minutes(room), 0),
        Command::Privacy => Page::Text(text::WHAT_IS_PRIVATE.get(), text::privacy(), 0),
        Command::Agenda => Page::Text(text::THE_AGENDA.get(), text::agenda(room), 0),
        Command::Invite => invite::page(model, room, None),
        Command::Copy(form) => {
            model.page = Some(invite::page(model, room, Some(form)));
            return model.to_copy(room, form).map_or(vec![], |_| vec![command]);
        }
        // These are always asked about, however they were said.
        Command::Quit if !matches!(room.phase, Phase::Connecting | Phase::Over(_)) => Page::Leave(None),
        Command::Intent(Intent::HandOver(seat)) => Page::Leave(Pick::new(room, seat)),
        Command::Intent(Intent::Close) => Page::End,
        Command::Intent(Intent::TurnAway(attempt)) => Page::Decline(attempt),
        Command::Intent(Intent::Remove(seat)) => match Pick::new(room, seat) {
            Some(pick) => Page::Remove(pick),
            None => return vec![command],
        },
        Command::Verbose(_) => {
            model.say(text::SCREEN_SHOWS_SPEAKERS, now);
            return vec![];
        }
        Command::Intent(_) | Command::Quit | Command::Suspend | Command::Redraw | Command::Save(_) => {
            return vec![command];
        }
    };
    model.page = Some(page);
    vec![]
}

fn list(rules: &[String]) -> Vec<String> {
    rules.iter().map(|rule| format!("- {rule}")).collect()
}

fn writing(model: &mut Model, room: &Room, action: Action, now: Time) -> Result<Vec<Command>, Trouble> {
    match action {
        Action::Send => {
            let line = model.input.as_ref().map(Input::text).unwrap_or_default();
            if let Some(prompt) = &model.prompt {
                if line.trim().is_empty() && !prompt.may_be_empty() {
                    let (send, stop) = (label(Context::Writing, Action::Send), label(Context::Writing, Action::No));
                    return Err(problem(text::nothing_written(send, stop)));
                }
                // A name is made sure of before anything is written to it.
                let seat = prompt.asks_for_member().then(|| command::member(room, line.trim())).transpose()?;
                let named = seat.and_then(|seat| room.state.circle.name(seat));
                let step = prompt.answered(named.unwrap_or(&line));
                return proceed(model, room, step, now);
            }
            // What was not understood stays, to be mended.
            let command = command::parse(&line, room)?;
            model.input = None;
            model.chat_back = 0;
            Ok(command.map_or(vec![], |command| answer(model, room, command, now)))
        }
        Action::Redraw => Ok(vec![Command::Redraw]),
        _ => {
            (model.input, model.prompt) = (None, None);
            Ok(vec![])
        }
    }
}

fn edit(model: &mut Model, event: &KeyEvent, now: Time) {
    let wants_number = model.prompt.as_ref().is_some_and(Prompt::asks_for_number);
    if let KeyCode::Char(c) = event.code
        && wants_number
        && event.modifiers.is_empty()
        && !c.is_ascii_digit()
    {
        return model.say(text::A_NUMBER_IS_ASKED, now);
    }
    if let Some(input) = &mut model.input {
        input.edit(event);
    }
}

fn reading(model: &mut Model, room: &Room, action: Action) -> Vec<Command> {
    let size = model.size;
    let Some(page) = &mut model.page else { return vec![] };
    let last = view::page_end(page, room, size);
    // In a menu the lines themselves are selected.
    let (last, top) = match page {
        Page::Menu(menu, at) => (menu::lines(*menu, room).len().saturating_sub(1), at),
        Page::Help(Help { top, .. }) | Page::Text(_, _, top) | Page::Invite(_, top) => (last, top),
        Page::Picture(_) => {
            if action == Action::Redraw {
                return vec![Command::Redraw];
            }
            if action == Action::No {
                model.page = Some(invite::page(model, room, None));
            }
            return vec![];
        }
        Page::Leave(_) | Page::Remove(_) | Page::Decline(_) | Page::End => return vec![],
    };
    let rows = usize::from(size.1).saturating_sub(6).max(1);
    match action {
        Action::Up => *top = top.saturating_sub(1),
        Action::Down => *top = (*top + 1).min(last),
        Action::PageUp => *top = top.saturating_sub(rows),
        Action::PageDown => *top = (*top + rows).min(last),
        Action::Redraw => return vec![Command::Redraw],
        _ => model.page = None,
    }
    vec![]
}

/// The keys that begin and end a search in the help; `false` if it is none of them.
fn searching(model: &mut Model, action: Action) -> bool {
    let Some(Page::Help(page)) = &mut model.page else { return false };
    match action {
        Action::Search => page.begin(),
        Action::Send => page.end(true),
        Action::No if page.writes => page.end(false),
        _ => return false,
    }
    true
}

/// The keys of the invitation itself.
fn inviting(model: &mut Model, room: &Room, action: Action, now: Time) -> Vec<Command> {
    if action == Action::Picture {
        model.page = Some(invite::picture(model));
        return vec![];
    }
    let form = if action == Action::CopyShort { InviteForm::Short } else { InviteForm::Long };
    answer(model, room, Command::Copy(form), now)
}

fn over(model: &mut Model, room: &Room, action: Action) -> Vec<Command> {
    match action {
        Action::Yes => return vec![Command::Quit],
        Action::Up => model.over_top = model.over_top.saturating_sub(1),
        Action::Down => model.over_top = (model.over_top + 1).min(view::over_end(model, room)),
        _ => return vec![Command::Redraw],
    }
    vec![]
}

/// Whether what was written has no place on the screen, and is read as a page.
fn reads_chat(model: &Model, room: &Room) -> bool {
    !room.chat.is_empty() && Layout::chat_size(model.size, room).is_none()
}

fn asking(model: &mut Model, room: &Room, action: Action) -> Result<Vec<Command>, Trouble> {
    match (action, model.page.clone()) {
        (Action::Redraw, _) => Ok(vec![Command::Redraw]),
        (Action::Yes, Some(page)) => {
            model.page = None;
            match page {
                Page::Leave(selected) => {
                    let selected = selected.and_then(|pick| pick.seat(room));
                    let next = room.successor(selected).filter(|next| selected == Some(*next));
                    Ok(next.map_or(vec![Command::Quit], |next| intent(Intent::HandOver(next))))
                }
                Page::Remove(pick) => Ok(intent(Intent::Remove(pick.seat(room).ok_or_else(nobody_picked)?))),
                Page::Decline(attempt) => Ok(intent(Intent::TurnAway(attempt))),
                Page::End => Ok(intent(Intent::Close)),
                Page::Help(_) | Page::Text(..) | Page::Invite(..) | Page::Picture(_) | Page::Menu(..) => Ok(vec![]),
            }
        }
        (Action::EndForAll, Some(Page::Leave(_))) => {
            model.page = None;
            Ok(intent(Intent::Close))
        }
        (Action::No, _) => {
            model.page = None;
            Ok(vec![])
        }
        _ => Ok(vec![]),
    }
}

fn picked(model: &Model, room: &Room) -> Result<SeatId, Trouble> {
    model.picked.and_then(|pick| pick.seat(room)).ok_or_else(nobody_picked)
}

/// The knock that is selected at the door while the arrows move there, or else the first. Never another than was selected.
fn knock(model: &mut Model, room: &Room) -> Result<Attempt, Trouble> {
    let first = room.door.first().ok_or(Trouble::NobodyWaits)?.attempt;
    match model.knock.filter(|_| model.focus(room) == Focus::Door) {
        None => Ok(first),
        Some(chosen) if room.door.iter().any(|waiting| waiting.attempt == chosen) => Ok(chosen),
        Some(_) => {
            model.knock = None;
            Err(problem(text::no_longer_waits()))
        }
    }
}

fn nobody_picked() -> Trouble {
    problem(text::nobody_selected())
}

fn problem((message, hint): Advice) -> Trouble {
    Trouble::Message { message, hint }
}

/// Whether everybody but me is off the floor, so that all can be let speak again.
fn all_muted(room: &Room) -> bool {
    let mut others = room.state.circle.seats.keys().filter(|seat| room.me != Some(**seat)).peekable();
    room.is_all_muted() || (others.peek().is_some() && others.all(|seat| room.state.circle.is_muted(*seat)))
}
