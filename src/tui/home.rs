//! Home: what `ingle` shows when nobody has said yet what they want. The model is pure: [`Home::update`] turns keys into
//! [`HomeWish`]es, and [`draw`] shows it at any size.

mod item;
mod model;
#[cfg(test)]
mod tests;
mod view;

pub use self::model::{Elsewhere, Home, HomeChoice, HomeWish};
pub use self::view::draw;
