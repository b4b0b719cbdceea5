//! The screen. [`update`] turns keys into [`Command`](crate::command::Command)s and never waits; [`view::draw`] is a pure
//! function of what there is to show. Both are driven by the owner of the terminal:
//!
//! 1. Give each [`Event`](crate::session::Event) to [`Model::hear`] before the next key, so that a key never
//!    means a member who has left since.
//! 2. Give all that comes from the terminal to [`Typing`], and wait for its [`Typing::pause`], in which a text that wasn't typed shows
//!    itself. Give what it makes of that to [`update`], and a [`TuiEvent::Tick`] after [`Model::next_tick`].
//! 3. Draw when [`Model::take_dirty`] says that something changed, and only then.

mod canvas;
mod chat_rows;
mod event;
mod guide;
mod help;
mod hold;
pub mod home;
mod input;
mod invite;
pub mod keymap;
mod layout;
pub mod menu;
mod model;
mod paste;
mod qr;
pub mod terminal;
mod theme;
mod travel;
mod typing;
mod update;
pub mod view;

#[cfg(test)]
mod tests;

pub use event::TuiEvent;
pub use guide::{guide, keys};
pub use help::Help;
pub use input::Input;
pub use model::{Focus, Model, Notice, Page};
pub use theme::{DARK, Glyphs, LIGHT, Palette, Part, Theme};
pub use typing::Typing;
pub use update::update;
