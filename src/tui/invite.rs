//! The invitation: its page, its picture, and what of it is copied.

use super::model::{Model, Page};
use crate::session::{InviteForm, Room};
use crate::text;

/// The page; `copied` if it was sent to the clipboard just now.
pub(super) fn page(model: &Model, room: &Room, copied: Option<InviteForm>) -> Page {
    let mut lines = match model.to_copy(room, InviteForm::Long).and(copied) {
        Some(InviteForm::Long) => vec![text::qr::COPIED.to_owned(), String::new()],
        Some(InviteForm::Short) => vec![text::qr::COPIED_SHORT.to_owned(), String::new()],
        None => vec![],
    };
    lines.extend(text::invite(model.invitation.as_ref(), room.code.as_deref()));
    Page::Invite(lines, 0)
}

/// The link for a camera; where the relay has several ways, also with the first alone.
pub(super) fn picture(model: &Model) -> Page {
    let links = model.invitation.as_ref().map(|invitation| {
        let first = invitation.relay.split(',').next().unwrap_or_default();
        vec![invitation.link.clone(), text::invitation_link(&invitation.code, first)]
    });
    Page::Picture(links.unwrap_or_default())
}

impl Model {
    /// What is copied as the invitation; `None` if it isn't known here.
    pub fn to_copy<'a>(&'a self, room: &'a Room, form: InviteForm) -> Option<&'a str> {
        self.invitation.as_ref().map(|invitation| invitation.in_form(form)).or(room.code.as_deref())
    }
}
