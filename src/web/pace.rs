//! How long a connection may go without a request. actix counts until the first byte of the next one alone: a head that came
//! a byte at a time would hold a connection for ever.

use std::{any::Any, cell::Cell, net::Shutdown, os::fd::AsFd as _, pin::pin, rc::Rc, time::Duration};

use actix_web::{
    dev::{Extensions, ServiceRequest},
    rt::net::TcpStream,
};
use tokio::{
    sync::oneshot,
    time::{Instant, timeout_at},
};

/// What is known of a connection: how many requests are being answered, and when that last changed.
struct Pace {
    under_way: Cell<u32>,
    since: Cell<Instant>,
}

/// In the data of a connection.
struct Minded {
    pace: Rc<Pace>,
    /// Goes with the connection.
    _open: oneshot::Sender<()>,
}

/// A request that is being answered.
pub struct UnderWay(Rc<Pace>);

impl Pace {
    fn count(&self, under_way: u32) {
        self.under_way.set(under_way);
        self.since.set(Instant::now());
    }
}

impl UnderWay {
    /// From now until this is dropped.
    pub fn begin(request: &ServiceRequest) -> Option<Self> {
        let pace = Rc::clone(&request.conn_data::<Minded>()?.pace);
        pace.count(pace.under_way.get() + 1);
        Some(Self(pace))
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.count(self.0.under_way.get() - 1);
    }
}

/// Ends a connection on which no request has been answered for so long.
pub fn mind(connection: &dyn Any, data: &mut Extensions, most: Duration) {
    let Some(connection) = connection.downcast_ref::<TcpStream>() else { return };
    // Without a handle of our own it is not minded, and served all the same.
    let Ok(ours) = connection.as_fd().try_clone_to_owned().map(std::net::TcpStream::from) else { return };
    let pace = Rc::new(Pace { under_way: Cell::new(0), since: Cell::new(Instant::now()) });
    let (open, gone) = oneshot::channel();
    data.insert(Minded { pace: Rc::clone(&pace), _open: open });
    actix_web::rt::spawn(async move {
        let mut gone = pin!(gone);
        let mut end = Instant::now() + most;
        while timeout_at(end, &mut gone).await.is_err() {
            end = pace.since.get() + most;
            if pace.under_way.get() > 0 {
                end = Instant::now() + most;
            } else if end <= Instant::now() {
                // If it has ended by itself in between, so much the better.
                let _ = ours.shutdown(Shutdown::Both);
                return;
            }
        }
    });
}
