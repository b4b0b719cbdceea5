//! The registry: keys in etcd.
//!
//! `ingle/relays/<id>` holds what a relay says of itself, and `ingle/rooms/<number>` the id of the relay that has the number. Both are
//! bound to that relay's lease. Nothing else is ever written.

use std::time::Duration;

use etcd_client::{
    Client, Compare, CompareOp, ConnectOptions, DeleteOptions, Error, EventType, GetOptions, KeyValue, PutOptions, Txn,
    TxnOp, TxnOpResponse, WatchOptions, WatchStream,
};

use super::core::{Claimed, Number, Record, RelayId, Revision};

/// How often a line to etcd is tried, and how long it may take.
const ALIVE: Duration = Duration::from_secs(2);
const ALL: &str = "ingle/";
const RELAYS: &str = "ingle/relays/";
const ROOMS: &str = "ingle/rooms/";

/// What the registry says of one key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// A relay says this of itself, or is gone.
    Relay(RelayId, Option<Record>),
    /// A number is this relay's by this change, or nobody's.
    Room(Number, Option<RelayId>, Revision),
}

/// A way to the registry. Each request ends with an error if there is none.
#[derive(Clone)]
pub(super) struct Etcd {
    client: Client,
}

impl Etcd {
    /// Of these members of etcd. Nothing is asked yet.
    pub(super) async fn at(endpoints: &[String]) -> Result<Self, Error> {
        // A line to etcd that is cut without a word is found out, so that nothing is followed in vain.
        let options =
            ConnectOptions::new().with_keep_alive(ALIVE, ALIVE).with_connect_timeout(ALIVE).with_require_leader(true);
        Ok(Self { client: Client::connect(endpoints, Some(options)).await? })
    }

    /// Whether it answers, with its version.
    pub(super) async fn version(&mut self) -> Result<String, Error> {
        // A read that a majority agrees on, and then who it was.
        self.client.get(ALL, Some(GetOptions::new().with_prefix().with_count_only())).await?;
        Ok(self.client.status().await?.version().to_owned())
    }

    pub(super) async fn grant(&mut self, ttl: Duration) -> Result<(i64, Duration), Error> {
        let granted = self.client.lease_grant(ttl.as_secs() as i64, None).await?;
        Ok((granted.id(), seconds(granted.ttl())))
    }

    /// Whether the lease is there, and holds for its whole time again.
    pub(super) async fn renew(&mut self, lease: i64) -> Result<bool, Error> {
        // The first message of the stream renews it; a second would do so once more.
        match self.client.lease_keep_alive(lease).await {
            Ok(_) => Ok(true),
            // That is how the client says that there is no such lease.
            Err(Error::LeaseKeepAliveError(_)) => Ok(false),
            Err(error) => Err(error),
        }
    }

    pub(super) async fn revoke(&mut self, lease: i64) -> Result<(), Error> {
        self.client.lease_revoke(lease).await.map(|_| ())
    }

    pub(super) async fn publish(&mut self, id: RelayId, record: &Record) -> Result<(), Error> {
        let options = PutOptions::new().with_lease(record.lease);
        self.client.put(format!("{RELAYS}{id}"), record.write(), Some(options)).await.map(|_| ())
    }

    /// Makes a number this relay's if it's nobody's, or is its own already.
    pub(super) async fn claim(&mut self, number: Number, id: RelayId, lease: i64) -> Result<Claimed, Error> {
        let (key, own) = (room(number), id.to_string());
        let put = || TxnOp::put(key.clone(), own.clone(), Some(PutOptions::new().with_lease(lease)));
        let free = Compare::create_revision(key.clone(), CompareOp::Equal, 0);
        let taken = Txn::new().when([free]).and_then([put()]).or_else([TxnOp::get(key.clone(), None)]);
        let answer = self.client.txn(taken).await?;
        let revision = |answer: &etcd_client::TxnResponse| answer.header().map_or(0, |header| header.revision());
        if answer.succeeded() {
            return Ok(Claimed::Mine(Revision(revision(&answer))));
        }
        let found = answer.op_responses().into_iter().find_map(|answer| match answer {
            TxnOpResponse::Get(found) => found.kvs().first().map(|kv| kv.value().to_vec()),
            TxnOpResponse::Put(_) | TxnOpResponse::Delete(_) | TxnOpResponse::Txn(_) => None,
        });
        let owner = found.and_then(|value| RelayId::parse(std::str::from_utf8(&value).ok()?));
        match owner {
            Some(owner) if owner != id => Ok(Claimed::Other(owner)),
            // From before this relay was started again, or this lease was given.
            Some(_) => {
                let mine = Compare::value(key.clone(), CompareOp::Equal, own.clone());
                let answer = self.client.txn(Txn::new().when([mine]).and_then([put()])).await?;
                Ok(if answer.succeeded() { Claimed::Mine(Revision(revision(&answer))) } else { Claimed::Unanswered })
            }
            None => Ok(Claimed::Unanswered),
        }
    }

    /// Makes a number nobody's, if its last change is this.
    pub(super) async fn release(&mut self, number: Number, last: Revision) -> Result<(), Error> {
        let key = room(number);
        let unchanged = Compare::mod_revision(key.clone(), CompareOp::Equal, last.0);
        let delete = TxnOp::delete(key, None::<DeleteOptions>);
        self.client.txn(Txn::new().when([unchanged]).and_then([delete])).await.map(|_| ())
    }

    /// Makes a number another relay's, if its last change is this. Whether it was.
    pub(super) async fn hand(
        &mut self,
        number: Number,
        last: Revision,
        to: RelayId,
        lease: i64,
    ) -> Result<bool, Error> {
        let key = room(number);
        let unchanged = Compare::mod_revision(key.clone(), CompareOp::Equal, last.0);
        let put = TxnOp::put(key, to.to_string(), Some(PutOptions::new().with_lease(lease)));
        Ok(self.client.txn(Txn::new().when([unchanged]).and_then([put])).await?.succeeded())
    }

    /// All that there is, and what changes after that.
    pub(super) async fn follow(&mut self) -> Result<(Vec<Said>, WatchStream), Error> {
        let all = self.client.get(ALL, Some(GetOptions::new().with_prefix())).await?;
        let next = all.header().map_or(0, |header| header.revision()) + 1;
        let said = all.kvs().iter().filter_map(|kv| read(kv, false)).collect();
        let options = WatchOptions::new().with_prefix().with_start_revision(next);
        Ok((said, self.client.watch(ALL, Some(options)).await?))
    }
}

/// What comes next of a watch; nothing if it's over.
pub(super) async fn next(watch: &mut WatchStream) -> Option<Vec<Said>> {
    let answer = watch.message().await.ok().flatten().filter(|answer| !answer.canceled())?;
    let changed = answer.events().iter();
    Some(changed.filter_map(|event| read(event.kv()?, event.event_type() == EventType::Delete)).collect())
}

fn room(number: Number) -> String {
    format!("{ROOMS}{}", number.0)
}

fn seconds(ttl: i64) -> Duration {
    Duration::from_secs(u64::try_from(ttl).unwrap_or(0))
}

/// What a key says; `None` if it's none of ours.
fn read(kv: &KeyValue, gone: bool) -> Option<Said> {
    let key = std::str::from_utf8(kv.key()).ok()?;
    if let Some(id) = key.strip_prefix(RELAYS).and_then(RelayId::parse) {
        return Some(Said::Relay(id, if gone { None } else { Record::parse(kv.value()) }));
    }
    let number = Number(key.strip_prefix(ROOMS)?.parse().ok()?);
    let owner = RelayId::parse(std::str::from_utf8(kv.value()).unwrap_or_default()).filter(|_| !gone);
    Some(Said::Room(number, owner, Revision(kv.mod_revision())))
}
