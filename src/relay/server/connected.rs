//! A connection that the core knows of.

use std::sync::Arc;

use super::hub::Hub;
use crate::relay::core::ConnId;

/// Makes the core forget the connection however its task ends.
pub(super) struct Connected {
    pub(super) hub: Arc<Hub>,
    pub(super) conn: ConnId,
}

impl Drop for Connected {
    fn drop(&mut self) {
        self.hub.disconnect(self.conn);
    }
}
