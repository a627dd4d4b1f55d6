//! What was measured, for people: a table.

use super::Measured;

/// One row a language, with its heading.
#[must_use]
pub fn table(measured: &[Measured], draws: u64) -> String {
    let share = |figure: Option<f64>| figure.map_or("-".to_owned(), |f| format!("{:.1}", 100.0 * f));
    let plain = |figure: Option<f64>| figure.map_or("-".to_owned(), |f| format!("{f:.3}"));
    let heading = [
        "lang",
        "pairs",
        "forms",
        "in",
        "out",
        "acc@1 %",
        "R@5 %",
        "MRR@10",
        "AUROC",
        "answered %",
        "FA %",
        "FA@95 %",
        "at",
        "ms median",
        "ms p99",
        "build s",
    ];
    let mut rows = vec![heading.map(str::to_owned)];
    for Measured { lang, pairs, forms, build_s, measures: m, .. } in measured {
        rows.push([
            lang.code().to_owned(),
            pairs.to_string(),
            forms.to_string(),
            m.in_scope.to_string(),
            m.out_of_scope.to_string(),
            share(m.accuracy_1),
            share(m.recall_5),
            plain(m.mrr_10),
            plain(m.auroc),
            share(m.answered),
            share(m.false_answers),
            share(m.false_answers_95),
            plain(m.threshold_95),
            plain(m.median_ms),
            plain(m.p99_ms),
            format!("{build_s:.2}"),
        ]);
    }
    let mut text = aligned(&rows);
    for m in measured.iter().filter(|_| draws > 1) {
        if let Some((lowest, highest)) = m.accuracy_range {
            let (lang, low, high) = (m.lang.code(), 100.0 * lowest, 100.0 * highest);
            text += &format!("{lang}: means of {draws} draws; acc@1 from {low:.1} to {high:.1}\n");
        }
    }
    for m in measured.iter().filter(|m| m.unknown_gold > 0) {
        text += &format!("{}: {} gold ids are of no pair\n", m.lang.code(), m.unknown_gold);
    }
    text
}

/// Columns as wide as their widest cell, flush right, two spaces apart.
fn aligned<const N: usize>(rows: &[[String; N]]) -> String {
    let mut widths = [0; N];
    for row in rows {
        widths.iter_mut().zip(row).for_each(|(width, cell)| *width = cell.len().max(*width));
    }
    rows.iter().fold(String::new(), |text, row| {
        let cells: Vec<String> =
            row.iter().zip(widths).map(|(cell, width)| format!("{cell:>width$}")).collect();
        text + &cells.join("  ") + "\n"
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluation::measures::Measures;
    use crate::language::Lang;

    #[test]
    fn the_table() {
        let measures = Measures {
            in_scope: 300,
            out_of_scope: 0,
            accuracy_1: Some(0.9),
            recall_5: Some(0.985),
            mrr_10: Some(0.94),
            answered: Some(0.8),
            threshold_95: Some(0.31),
            median_ms: Some(0.21),
            p99_ms: Some(1.5),
            ..Measures::default()
        };
        let measured = [Measured {
            lang: Lang::Ar,
            pairs: 77,
            forms: 21_559,
            unknown_gold: 2,
            build_s: 3.456,
            wall_s: 1.0,
            measures,
            accuracy_range: Some((0.88, 0.92)),
            found: Vec::new(),
        }];
        insta::assert_snapshot!(table(&measured, 5), @r#"
        lang  pairs  forms   in  out  acc@1 %  R@5 %  MRR@10  AUROC  answered %  FA %  FA@95 %     at  ms median  ms p99  build s
          ar     77  21559  300    0     90.0   98.5   0.940      -        80.0     -        -  0.310      0.210   1.500     3.46
        ar: means of 5 draws; acc@1 from 88.0 to 92.0
        ar: 2 gold ids are of no pair
        "#);
    }
}
