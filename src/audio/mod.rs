//! Sound: devices, capture, codec, playout.
