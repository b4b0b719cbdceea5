//! A second link to the relay, over another interface than the first.

use std::net::IpAddr;

use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use super::link::{Called, called, next};
use crate::transport::{Interface, Link, LinkEvent};

/// The second link, where one is wanted.
#[derive(Default)]
pub(super) struct Second {
    /// The interface that was named for it.
    pub(super) via: Option<Interface>,
    pub(super) link: Option<(Link, mpsc::Receiver<LinkEvent>)>,
    pub(super) making: Option<JoinHandle<Called>>,
}

/// What became of it.
pub(super) enum News {
    Made(Box<Called>),
    Came(Option<LinkEvent>),
}

impl Second {
    pub(super) fn new(via: Option<Interface>) -> Self {
        Self { via, ..Self::default() }
    }

    /// What comes next; never anything while there is none. Safe to be dropped while it waits.
    pub(super) async fn next(&mut self) -> News {
        match self.making {
            Some(_) => News::Made(Box::new(called(&mut self.making).await)),
            None => News::Came(next(&mut self.link).await),
        }
    }

    /// Lets it go, or gives up making it.
    pub(super) fn end(&mut self) {
        self.link = None;
        if let Some(making) = self.making.take() {
            making.abort();
        }
    }

    /// This machine's address on its way.
    pub(super) fn address(&self) -> Option<IpAddr> {
        self.link.as_ref().and_then(|(link, _)| link.own_address())
    }
}
