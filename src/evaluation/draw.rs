//! A few of many, at random, the same again from the same seed.

/// A small generator of random numbers (SplitMix64): good enough to draw samples, the same on every machine.
#[derive(Debug, Clone)]
pub struct Draw {
    state: u64,
}

impl Draw {
    /// A generator that begins at `seed`.
    #[must_use]
    pub fn new(seed: u64) -> Draw {
        Draw { state: seed }
    }

    /// A generator whose seed is a name: the same name draws the same.
    #[must_use]
    pub fn named(name: &str) -> Draw {
        // FNV-1a: short, and the same on every machine, which the standard hasher does not promise.
        let seed = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Draw::new(seed)
    }

    /// A number below `n`, each as likely; 0 if `n` is 0.
    pub fn below(&mut self, n: usize) -> usize {
        // `n` is far below 2^64, so the remainder's bias is nothing.
        (self.next() % (n as u64).max(1)) as usize
    }

    /// One of `items`; `None` of none.
    pub fn one<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        items.get(self.below(items.len()))
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// `n` of `items` without repetition, in their own order; all of them if there are no more.
    pub fn some<T: Clone>(&mut self, items: &[T], n: usize) -> Vec<T> {
        let mut places: Vec<usize> = (0..items.len()).collect();
        let n = n.min(places.len());
        for at in 0..n {
            let left = places.len() - at;
            places.swap(at, at + self.below(left));
        }
        places.truncate(n);
        places.sort_unstable();
        places.into_iter().filter_map(|at| items.get(at).cloned()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws() {
        let items: Vec<u32> = (0..100).collect();
        let drawn = Draw::new(7).some(&items, 10);
        assert_eq!(drawn.len(), 10);
        assert!(drawn.is_sorted_by(|a, b| a < b), "{drawn:?}");
        assert_eq!(drawn, Draw::new(7).some(&items, 10));
        assert_ne!(drawn, Draw::new(8).some(&items, 10));
        assert_eq!(Draw::new(7).some(&items, 1000), items);
        assert_eq!(Draw::new(7).some(&items, 0), Vec::<u32>::new());
    }

    #[test]
    fn names_draw_for_themselves() {
        let draws = |name: &str| {
            let mut draw = Draw::named(name);
            [draw.below(1000), draw.below(1000), draw.below(0)]
        };
        assert_eq!(draws("own-ar-001/typo"), draws("own-ar-001/typo"));
        assert_ne!(draws("own-ar-001/typo"), draws("own-ar-002/typo"));
        assert_eq!((Draw::new(1).one(&[7]), Draw::new(1).one::<u8>(&[])), (Some(&7), None));
    }

    #[test]
    fn every_item_is_about_as_likely() {
        let mut counts = [0_u32; 5];
        let mut draw = Draw::new(1);
        for _ in 0..5000 {
            draw.some(&[0_usize, 1, 2, 3, 4], 2).into_iter().for_each(|item| counts[item] += 1);
        }
        assert!(counts.iter().all(|n| (1900..2100).contains(n)), "{counts:?}");
    }
}
