//! The invitation: copying it, and showing it to a camera.

use super::catalogue::{Text, say};
use super::commands::Word;
use super::guide::Guide;
use super::key_text::{KeyText, key};

/// The key that copies the invitation and shows it.
pub const COPY_INVITE: KeyText = key(Text::NONE, Text::new("qr-copy-invite-help"));
/// The key that copies the invitation that is shown.
pub const COPY: KeyText = key(Text::new("qr-copy"), Text::new("qr-copy-help"));
/// The key that copies the short form of the invitation that is shown.
pub const COPY_SHORT: KeyText = key(Text::new("qr-copy-short"), Text::new("qr-copy-short-help"));
/// The key that shows the link to a camera.
pub const PICTURE: KeyText = key(Text::new("qr-picture"), Text::new("qr-picture-help"));

/// What stands after the command for the short form.
pub const SHORT: &str = "short";

/// It went to the clipboard, as far as anybody can tell: on a screen with the text below.
pub const COPIED: Text = Text::new("qr-copied");
/// The same for the short form.
pub const COPIED_SHORT: Text = Text::new("qr-copied-short");

/// It went to the clipboard, in sentences.
pub fn copied_in_sentences(how: Guide) -> String {
    say!("qr-copied-in-sentences", see = how(Word::Invite, ""))
}

/// Where nothing can be copied.
pub fn no_clipboard(how: Guide) -> String {
    say!("qr-no-clipboard", see = how(Word::Invite, ""))
}

/// Above the picture.
pub const QR_CODE: Text = Text::new("qr-heading");

/// The window has no room for the picture.
pub fn too_narrow(columns: u16, rows: u16) -> String {
    say!("qr-too-narrow", columns, rows)
}

/// There is too much in it for a picture, or nothing to show.
pub const NO_PICTURE: Text = Text::new("qr-no-picture");
