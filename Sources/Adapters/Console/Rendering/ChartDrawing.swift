import Kernel

/// A chart's shapes and words, in the units of its picture; the template turns them into SVG.
struct ChartDrawing {
  private let chart: Chart
  private let language: Language
  private let scale: ChartScale

  init(_ chart: Chart, _ language: Language) {
    self.chart = chart
    self.language = language
    scale = ChartScale(chart.series.flatMap { $0.values.compactMap(\.self) }, places: chart.places)
  }

  private static let width = 960
  private static let (left, right, top, bottom) = (84, 16, 12, 34)
  private static let height = 320
  private static let row = 30

  /// What the template needs.
  var context: [String: Any] {
    switch chart.form {
    case .bars: bars
    case .columns: upright { columnShapes($0, $1) }
    case .lines: upright { lineShapes($0, $1) }
    }
  }

  // MARK: Upright: columns and lines

  private func upright(_ shapes: (_ wide: Int, _ high: Int) -> [String: Any]) -> [String: Any] {
    let wide = Self.width - Self.left - Self.right
    let high = Self.height - Self.top - Self.bottom
    var context = shapes(wide, high)
    context["width"] = Self.width
    context["height"] = Self.height
    context["rules"] = scale.ticks.map { tick in
      let y = Self.top + high - scale.place(tick, on: high)
      return line(Self.left, y, Self.width - Self.right, y, tick == 0 ? "axis" : "rule")
    }
    let every = max(1, (chart.labels.count + 15) / 16)
    let below = chart.labels.enumerated().filter { $0.offset.isMultiple(of: every) }.map { place, label in
      text(label[language], center(place, wide), Self.height - 12, "middle")
    }
    context["texts"] =
      below
      + scale.ticks.map { tick in
        text(
          scale.text(tick, language), Self.left - 8, Self.top + high - scale.place(tick, on: high) + 5, "end")
      }
    return context
  }

  private func center(_ place: Int, _ wide: Int) -> Int {
    Self.left + (2 * place + 1) * wide / (2 * max(1, chart.labels.count))
  }

  private func columnShapes(_ wide: Int, _ high: Int) -> [String: Any] {
    let slot = wide / max(1, chart.labels.count)
    let thick = max(2, min(48, slot * 4 / 5 / max(1, chart.series.count)))
    let zero = scale.place(0, on: high)
    var bars: [[String: Any]] = []
    for (number, series) in chart.series.enumerated() {
      for (place, value) in series.values.enumerated() {
        guard let value else { continue }
        let x = center(place, wide) - thick * chart.series.count / 2 + thick * number
        let end = scale.place(value, on: high)
        bars.append(
          bar(x, Self.top + high - max(end, zero), thick, max(1, abs(end - zero)), number, place, series, value))
      }
    }
    return ["bars": bars]
  }

  private func lineShapes(_ wide: Int, _ high: Int) -> [String: Any] {
    var lines: [[String: Any]] = []
    var dots: [[String: Any]] = []
    for (number, series) in chart.series.enumerated() {
      var points: [String] = []
      for (place, value) in series.values.enumerated() {
        guard let value else { continue }
        let (x, y) = (center(place, wide), Self.top + high - scale.place(value, on: high))
        points.append("\(x),\(y)")
        dots.append(["x": x, "y": y, "class": "s\(number + 1)", "title": hover(series, place, value)])
      }
      lines.append(["points": points.joined(separator: " "), "class": "s\(number + 1)"])
    }
    return ["lines": lines, "dots": chart.labels.count > 62 ? [] : dots]
  }

  // MARK: Lying: bars beside names

  private var bars: [String: Any] {
    let thick = Self.row / max(1, chart.series.count)
    let left = 300
    let wide = Self.width - left - 110
    let high = chart.labels.count * Self.row
    let zero = scale.place(0, on: wide)
    var (shapes, texts): ([[String: Any]], [[String: Any]]) = ([], [])
    for (place, label) in chart.labels.enumerated() {
      let y = place * Self.row
      texts.append(text(Self.shortened(label[language]), left - 10, y + Self.row / 2 + 5, "end"))
      for (number, series) in chart.series.enumerated() {
        guard let value = series.values[place] else { continue }
        let end = scale.place(value, on: wide)
        let top = y + number * thick + 3
        shapes.append(
          bar(left + min(end, zero), top, max(1, abs(end - zero)), max(2, thick - 6), number, place, series, value))
        texts.append(text(shown(value), left + max(end, zero) + 6, top + thick / 2 + 2, "start"))
      }
    }
    return [
      "width": Self.width, "height": high, "bars": shapes, "texts": texts,
      "rules": [line(left + zero, 0, left + zero, high, "axis")],
    ]
  }

  /// Names of up to twenty characters; the table behind the chart has them whole.
  private static func shortened(_ name: String) -> String { name.count <= 20 ? name : name.prefix(19) + "…" }

  // MARK: Shapes

  private func shown(_ value: Int64) -> String { Value.grouped(FixedPoint.print(value, decimals: chart.places)) }

  private func hover(_ series: Chart.Series, _ place: Int, _ value: Int64) -> String {
    let name = chart.series.count > 1 ? "\(series.title[language]) · " : ""
    return "\(name)\(chart.labels[place][language])：\(shown(value)) \(chart.unit[language])"
  }

  private func bar(
    _ x: Int, _ y: Int, _ width: Int, _ height: Int, _ number: Int, _ place: Int, _ series: Chart.Series,
    _ value: Int64
  ) -> [String: Any] {
    var shape: [String: Any] = [
      "x": x, "y": y, "width": width, "height": height, "class": "s\(number + 1)",
      "title": hover(series, place, value),
    ]
    if place < chart.links.count, let link = chart.links[place] { shape["link"] = ["path": Address.console(link)] }
    return shape
  }

  private func line(_ x1: Int, _ y1: Int, _ x2: Int, _ y2: Int, _ style: String) -> [String: Any] {
    ["x1": x1, "y1": y1, "x2": x2, "y2": y2, "class": style]
  }

  private func text(_ text: String, _ x: Int, _ y: Int, _ anchor: String) -> [String: Any] {
    ["text": text, "x": x, "y": y, "anchor": anchor]
  }

  /// The numbers behind the chart, as a table.
  var table: [String: Any] {
    [
      "columns": [["title": "", "class": "text"]]
        + chart.series.map { ["title": "\($0.title[language])（\(chart.unit[language])）", "class": "number"] },
      "rows": chart.labels.indices.map { place in
        [
          "cells": [["text": chart.labels[place][language], "class": "text", "title": ""]]
            + chart.series.map { series in
              ["text": series.values[place].map(shown) ?? "", "class": "number", "title": series.title[language]]
            }
        ]
      },
    ]
  }

  /// What the colours mean; nothing for one series.
  var legend: [[String: Any]] {
    guard chart.series.count > 1 else { return [] }
    return chart.series.enumerated().map { ["class": "s\($0.offset + 1)", "title": $0.element.title[language]] }
  }
}
