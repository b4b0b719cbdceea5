//! Every message comes back as it went, in whatever pieces; hostile bytes and sizes become errors.

mod arbitrary;
mod limits;
mod round_trip;
mod seeds;
