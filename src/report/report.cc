#include "src/report/report.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "src/evidence/attributes/beliefs.h"
#include "src/evidence/likelihood/verbal_scale.h"
#include "src/report/report_svg.h"
#include "src/text/html_text.h"

namespace burin::internal {
namespace {

// Candidates that are drawn; the table lists all.
constexpr size_t kDrawn = 25;

constexpr char kStyle[] =
    "@page{size:A4;margin:18mm}"
    "*{box-sizing:border-box}"
    "body{font:15px/1.45 'Liberation Sans',Arial,Helvetica,sans-serif;color:#1a1a1a;background:#fff;max-width:820px;"
    "margin:24px auto;padding:0 20px}"
    "h1{font-size:26px;margin:0 0 4px}h2{font-size:20px;border-bottom:2px solid #1a1a1a;padding-bottom:3px;"
    "margin:30px 0 10px}h3{font-size:16px;margin:22px 0 6px}"
    "table{border-collapse:collapse;width:100%;margin:10px 0 14px;font-size:13px}"
    "caption{text-align:left;font-weight:bold;padding:4px 0}"
    "th,td{border:1px solid #777;padding:4px 7px;text-align:left;vertical-align:top;overflow-wrap:anywhere}"
    "thead th{background:#ececec;overflow-wrap:normal}"
    ".facts td .mono{font-size:12px}.facts th{width:34%;background:#f4f4f4}"
    ".mono{font-family:'Liberation Mono',Consolas,monospace;overflow-wrap:anywhere}"
    ".note{border-left:5px solid #8a3b00;background:#fff8f0;padding:8px 12px;margin:12px 0}"
    ".words{font-size:17px;margin:6px 0}"
    ".whole{white-space:nowrap}"
    "svg{max-width:100%;height:auto;display:block;margin:8px 0}"
    "section.hit{margin:16px 0;break-inside:avoid}"
    "ol{margin:6px 0 10px 22px;padding:0}"
    "footer{margin-top:30px;border-top:1px solid #777;padding-top:8px;font-size:12px}"
    "@media print{body{max-width:none;margin:0;padding:0;font-size:12px}h1{font-size:20px}h2{font-size:15px}"
    "h3{font-size:13px}table{font-size:10.5px}thead{display:table-header-group}tr{break-inside:avoid}"
    "h2,h3,caption{break-after:avoid}}";

std::string Mono(std::string_view text) { return Tagged("span", text, "class=\"mono\""); }
// A serial of usual length is not broken into lines.
std::string Serial(std::string_view serial) {
  constexpr size_t kUsual = 16;
  return Tagged("span", serial, serial.size() <= kUsual ? "class=\"mono whole\"" : "class=\"mono\"");
}
std::string Paragraph(std::string_view text) { return Tagged("p", text) + "\n"; }
std::string Note(std::string_view text) { return Tagged("p", text, "class=\"note\"") + "\n"; }

std::string ValueText(const ReceiptValue& value) {
  if (const auto* number = std::get_if<int64_t>(&value)) return std::to_string(*number);
  return std::get<std::string>(value);
}

// A likelihood ratio for people: "about 5,200", "about 1 in 300", "about 10 to the power of 9.3".
std::string RatioWords(double log10_lr) {
  if (std::abs(log10_lr) > 6) return "about 10 to the power of " + Decimals(log10_lr, 1);
  const double ratio = std::pow(10.0, std::abs(log10_lr));
  const double scale = std::pow(10.0, std::max(0.0, std::floor(std::abs(log10_lr)) - 1));
  const double rounded = std::abs(log10_lr) < 2 ? ratio : std::round(ratio / scale) * scale;
  const std::string number =
      std::abs(log10_lr) < 1 ? Decimals(rounded, 1) : Grouped(static_cast<uint64_t>(std::llround(rounded)));
  return log10_lr >= 0 ? "about " + number : "about 1 in " + number;
}

class Page {
 public:
  Page(const Receipt& receipt, const ReportOptions& options)
      : receipt_(receipt), result_(receipt.result), options_(options) {}

  std::string Render() {
    const std::string title = evaluative() ? "Evaluative report" : "Investigative report";
    out_ =
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        "<meta name=\"viewport\" content=\"width=device-width\">\n" +
        Tagged("title", title + ", Burin") + "\n<style>" + kStyle + "</style>\n</head>\n<body>\n<header>\n" +
        Tagged("h1", title) + "\n";
    out_ += evaluative()
                ? Paragraph(
                      "How strongly a reading supports each of some records against other marks of a population. "
                      "It says nothing of how probable it is that a mark is a record's.")
                : Paragraph(
                      "Which records a reading does not exclude, in the order in which to look at them. It is a "
                      "lead for an investigation and no evidence for a court.");
    out_ += Note(
                "Nothing in this report identifies a weapon. A record that is not excluded is that and no more; a "
                "person who knows the case has to look at each record and at the mark itself.") +
            "</header>\n<main>\n";
    AppendCase();
    for (size_t i = 0; i < result_.queries.size(); ++i) AppendQuery(i);
    if (evaluative()) AppendScale();
    AppendLimits();
    AppendOrigin();
    out_ += "</main>\n<footer>" +
            Paragraph("Made by burin " + result_.burin +
                      " from a receipt alone. 'burin replay' makes the search again and compares every number.") +
            "</footer>\n</body>\n</html>\n";
    return std::move(out_);
  }

 private:
  bool evaluative() const { return options_.kind == ReportKind::kEvaluative; }
  bool by_channel() const { return result_.channel.has_value(); }
  bool validated() const { return by_channel() && result_.channel->validated_by.has_value(); }
  bool believes() const { return result_.options.joint && !result_.options.joint->beliefs.empty(); }
  bool filtered() const {
    const ReceiptOptions& o = result_.options;
    return !o.where.empty() || !o.classes.empty() || !o.components.empty() || o.date;
  }

  void AppendCase() {
    std::vector<std::pair<std::string, std::string>> rows;
    const ReceiptContext& c = receipt_.context;
    const auto add = [&](const char* head, const std::string& text) {
      if (!text.empty()) rows.emplace_back(head, Escape(text));
    };
    add("Case", c.case_number);
    add("Exhibit", c.exhibit);
    add("Examiner", c.examiner);
    add("Purpose", c.purpose);
    add("Time of the search", c.time);
    if (rows.empty()) return;
    out_ += "<section>" + Tagged("h2", "The case") + RowTable("As stated by whoever searched", rows) + "</section>\n";
  }

  void AppendQuery(size_t number) {
    const ReceiptQuery& query = result_.queries[number];
    out_ += "<section>" + Tagged("h2", "Reading " + query.id) + "\n<p class=\"words\">" + Mono(query.reading.pattern) +
            "</p>\n" + Paragraph("In words: " + query.words + ".");
    AppendSeal(query);
    if (result_.options.joint) AppendJoint(*result_.options.joint);
    if (query.evidence) AppendEvidence(*query.evidence);
    if (evaluative() && !query.evidence && by_channel()) {
      out_ += Note("This receipt was made without evidence: there are costs in it and no likelihood ratios.");
    }
    if (!by_channel()) out_ += Note("Records were compared by counting edits. Counts have no likelihood ratio.");
    AppendTable(query);
    AppendCompleteness(query);
    const size_t drawn = std::min(kDrawn, query.hits.size());
    for (size_t i = 0; i < drawn; ++i) {
      AppendHit(query, i, "q" + std::to_string(number) + "h" + std::to_string(i));
    }
    if (drawn < query.hits.size()) {
      out_ += Paragraph("The " + std::to_string(drawn) + " first are drawn; all " + Grouped(query.hits.size()) +
                        " stand in the table above.");
    }
    out_ += "</section>\n";
  }

  void AppendSeal(const ReceiptQuery& query) {
    if (!query.seal) {
      out_ += Note("Not sealed: nothing shows that the reading was fixed before the search.");
      return;
    }
    const SealContent& s = query.seal->content;
    std::vector<std::pair<std::string, std::string>> rows;
    const auto add = [&](const char* head, const std::string& text) {
      if (!text.empty()) rows.emplace_back(head, Escape(text));
    };
    add("Examiner", s.examiner);
    add("Exhibit", s.exhibit);
    add("Case", s.case_number);
    add("Method", s.method);
    add("Time", s.time);
    rows.emplace_back("Hash of the seal (SHA-256)", Mono(query.seal->sha256));
    out_ += RowTable("The reading was sealed", rows);
  }

  // What was said beside the reading.
  void AppendJoint(const ReceiptJoint& joint) {
    std::vector<std::pair<std::string, std::string>> rows;
    for (const ReceiptBelief& belief : joint.beliefs) {
      const double p = belief.probability > 0 ? belief.probability : kUsuallyRight;
      rows.emplace_back("Believed: " + belief.attribute,
                        Escape(belief.value + ", right with probability " + Significant(p, 4)));
    }
    for (const ReceiptAsked& also : joint.also) {
      rows.emplace_back("Another reading of the mark", Mono(also.reading.pattern) + Escape(": " + also.words));
    }
    if (joint.component) rows.emplace_back("Component of the mark", Escape(*joint.component));
    for (const ReceiptMark& mark : joint.marks) {
      rows.emplace_back("Another mark of the weapon: " + mark.component,
                        Mono(mark.asked.reading.pattern) + Escape(": " + mark.asked.words));
    }
    out_ +=
        RowTable("What was said beside the reading", rows) +
        Note(
            "Costs hold what was said beside the reading, by documented prices. They order candidates and are no "
            "likelihood ratios." +
            std::string(result_.options.evidence ? " Likelihood ratios and posteriors hold what is believed." : ""));
  }

  void AppendEvidence(const ReceiptEvidence& e) {
    std::vector<std::pair<std::string, std::string>> rows;
    rows.emplace_back("Records of the population", Escape(Grouped(e.population)));
    rows.emplace_back("Records not excluded",
                      Escape(Grouped(e.not_excluded) + (e.more_not_excluded ? " at least" : "")));
    rows.emplace_back("Unrelated records expected to explain the reading as well as the best one",
                      Escape("at most " + Significant(e.chance_hits, 2)));
    if (!evaluative()) {
      rows.emplace_back("Prior probability that the registry holds the mark", Escape(Significant(e.prior_present, 4)));
      rows.emplace_back("Posterior probability that it does not",
                        Escape(Probability(e.not_in_registry) + " (" + Probability(e.not_in_registry_low) + " to " +
                               Probability(e.not_in_registry_high) + ")"));
    }
    out_ += RowTable("The reading against the population", rows);
    if (e.ambiguous) {
      out_ += Note("More than one record explains the reading nearly as well as the best one: do not single one out.");
    }
  }
  static std::string Probability(double p) {
    return p > 0.9999 && p < 1 ? "more than 0.9999" : p < 0.0001 && p > 0 ? Significant(p, 2) : Decimals(p, 4);
  }

  std::string CostOf(const ReceiptHit& hit) const {
    return by_channel() ? Decimals(hit.cost, 2) : Decimals(hit.cost, 0);
  }

  void AppendTable(const ReceiptQuery& query) {
    if (query.hits.empty()) {
      out_ += Paragraph("No record is listed.");
      return;
    }
    std::vector<std::string> heads = {"No.", "Serial", "Key", "Source", by_channel() ? "Cost (nats)" : "Edits"};
    if (query.evidence) {
      heads.push_back("log10 LR");
      if (!evaluative()) heads.push_back("Posterior (bounds)");
      heads.push_back("Excluded");
    }
    heads.push_back("Attributes");
    std::vector<std::vector<std::string>> rows;
    for (size_t i = 0; i < query.hits.size(); ++i) {
      const ReceiptHit& hit = query.hits[i];
      std::vector<std::string> row = {std::to_string(i + 1), Serial(hit.serial), Mono(hit.key), Escape(hit.source),
                                      CostOf(hit)};
      if (query.evidence && hit.weight) {
        const HitWeight& w = *hit.weight;
        row.push_back(Escape(Decimals(w.log10_lr, 2) + (w.capped ? " (limit)" : "")));
        if (!evaluative()) {
          row.push_back(Escape(Probability(w.posterior) + " (" + Probability(w.posterior_low) + " to " +
                               Probability(w.posterior_high) + ")"));
        }
        row.push_back(w.not_excluded ? "no" : "yes");
      } else if (query.evidence) {
        row.insert(row.end(), evaluative() ? 2 : 3, "");
      }
      std::string attributes;
      for (const auto& [name, value] : hit.attributes) {
        attributes += (attributes.empty() ? "" : "; ") + name + " " + ValueText(value);
      }
      row.push_back(Escape(attributes));
      rows.push_back(std::move(row));
    }
    out_ += ColumnTable(evaluative() ? "Records that were weighed" : "Records in order", heads, rows);
  }

  std::string Listed() const {
    const ReceiptOptions& o = result_.options;
    const std::string noun = o.by == "serial" ? "serials" : o.by == "weapon" ? "weapons" : "records";
    const uint64_t top = o.top == 0 && by_channel() ? 10 : o.top;
    std::string text;
    if (top != 0 && top != UINT64_MAX) text = "the " + Grouped(top) + " best " + noun;
    if (text.empty()) text = "all " + noun;
    if (!by_channel()) {
      if (o.within >= 0) text += " within " + std::to_string(o.within) + (o.within == 1 ? " edit" : " edits");
    } else {
      text +=
          " within " + Decimals((o.max_cost == 0 ? 18 * 64 : o.max_cost) / 64.0, 2) + " nats of the best possible cost";
    }
    return text;
  }

  void AppendCompleteness(const ReceiptQuery& query) {
    out_ += Tagged("h3", "How complete this is") + "\n";
    if (query.complete) {
      out_ += Paragraph("The search was complete: it asked for " + Listed() +
                        ", and no record that passes the conditions was missed.");
    } else {
      out_ +=
          Note("A budget stopped the search. Every record with a cost below " +
               (query.certificate ? Decimals(*query.certificate, 2) : "any") + " was found; others may be missing.");
    }
    if (query.evidence && !query.evidence->complete) {
      out_ += Note("What was not weighed may weigh more than 1 % of what was: the bounds above say how much.");
    }
    out_ += Paragraph("Not searched: " + Grouped(query.not_searched) + " of " + Grouped(result_.index.records) +
                      " records of the index have no mark that can be searched (missing, illegible or too long).");
    if (filtered()) AppendConditions();
  }
  void AppendConditions() {
    const ReceiptOptions& o = result_.options;
    std::string items;
    for (const std::string& where : o.where) items += "<li>" + Mono(where) + "</li>";
    for (const std::string& name : o.classes) items += "<li>mark class " + Mono(name) + "</li>";
    for (const std::string& name : o.components) items += "<li>component " + Mono(name) + "</li>";
    if (o.date) items += "<li>as of " + Mono(*o.date) + "</li>";
    out_ += Paragraph("Only records that pass these conditions counted at all:") + "<ul>" + items + "</ul>\n";
  }

  void AppendHit(const ReceiptQuery& query, size_t i, const std::string& id) {
    const ReceiptHit& hit = query.hits[i];
    out_ += "<section class=\"hit\"><h3>" + std::to_string(i + 1) + ". " + Mono(hit.serial) + ", key " + Mono(hit.key) +
            "</h3>\n";
    if (hit.text != hit.serial) out_ += "<p>Recorded as " + Mono(hit.text) + ".</p>\n";
    if (hit.partial) out_ += Paragraph("The record itself is only partly readable.");
    out_ += AlignmentSvg(hit, id);
    AppendReasons(hit);
    if (hit.terms) AppendTerms(*hit.terms);
    if (evaluative() && hit.weight) AppendRatio(query, hit, id);
    out_ += "</section>\n";
  }
  void AppendReasons(const ReceiptHit& hit) {
    std::string items;
    for (size_t i = 0; i < hit.alignment.size(); ++i) {
      const ReceiptMove& move = hit.alignment[i];
      if (move.text.empty()) continue;
      double cost = move.cost;
      for (size_t j = i + 1; j < hit.alignment.size(); ++j) {
        if (hit.alignment[j].reason.empty() || !hit.alignment[j].text.empty()) break;
        cost += hit.alignment[j].cost;
      }
      const std::string price = by_channel() ? " (" + Decimals(cost, 2) + " nats)" : "";
      items += Tagged("li", move.text + price);
    }
    out_ += items.empty() ? Paragraph("No difference.") : "<ol>" + items + "</ol>\n";
  }

  void AppendTerms(const std::vector<ReceiptTerm>& terms) {
    std::vector<std::vector<std::string>> rows;
    for (const ReceiptTerm& term : terms) {
      rows.push_back({Escape(term.words), Escape(term.stands), Decimals(term.cost, 2)});
    }
    out_ += ColumnTable("What it costs", {"Said and recorded", "Stands", "Cost (nats)"}, rows);
  }

  void AppendRatio(const ReceiptQuery& query, const ReceiptHit& hit, const std::string& id) {
    const HitWeight& w = *hit.weight;
    std::vector<std::pair<std::string, std::string>> rows;
    const bool believed = believes();
    rows.emplace_back("Proposition 1",
                      Escape("The mark that was read is the mark of record " + hit.record_id + " (key " + hit.key +
                             ")" + (believed ? ", whose weapon is the one that was spoken of." : ".")));
    rows.emplace_back("Proposition 2",
                      Escape("It is another mark of the population: the " + Grouped(query.evidence->population) +
                             " searchable records that " + (filtered() ? "pass the conditions" : "the index holds") +
                             ", and, with a small share, any mark such as theirs" +
                             (believed ? "; that mark's weapon is the one that was spoken of." : ".")));
    rows.emplace_back("Likelihood ratio", Escape(RatioWords(w.log10_lr) + " (log10 " + Decimals(w.log10_lr, 2) + ")" +
                                                 (w.capped ? ", the limit of the channel's validation" : "")));
    rows.emplace_back("In words", Escape(!validated() ? "none: the channel was not validated, so no verbal equivalent "
                                                        "may be stated"
                                         : believed   ? "none: what was said beside the reading was not validated"
                                                      : VerbalWords(w.log10_lr)));
    out_ += RowTable("Weight of the reading", rows) + ScaleSvg(w.log10_lr, id + "-lr");
    const std::string found = believed ? "The reading, with what was said beside it, is " : "The reading is ";
    out_ += Paragraph(w.log10_lr >= 0 ? found + RatioWords(w.log10_lr) +
                                            " times as probable if proposition 1 is true as if proposition 2 is."
                                      : found + "more probable if proposition 2 is true.");
    if (options_.prior) AppendPriors(w.log10_lr);
  }

  // What follows from a ratio and a prior that is the reader's.
  void AppendPriors(double log10_lr) {
    std::vector<double> priors = {0.5, 0.1, 0.01, 0.001, 1e-4, 1e-5, 1e-6};
    if (std::find(priors.begin(), priors.end(), *options_.prior) == priors.end()) priors.push_back(*options_.prior);
    std::sort(priors.rbegin(), priors.rend());
    std::vector<std::vector<std::string>> rows;
    for (const double prior : priors) {
      const double odds = prior / (1 - prior) * std::pow(10.0, std::clamp(log10_lr, -300.0, 300.0));
      const double posterior = std::isfinite(odds) ? odds / (1 + odds) : 1;
      rows.push_back({Escape(Significant(prior, 6) + (prior == *options_.prior ? " (as given)" : "")),
                      Escape(Probability(posterior))});
    }
    out_ += ColumnTable("If the probability before the reading was ..., it is after it", {"Before", "After"}, rows);
  }

  void AppendScale() {
    std::vector<std::vector<std::string>> rows;
    double from = 0;
    for (const VerbalStep& step : VerbalScale()) {
      std::string range =
          step.up_to ? (*step.up_to == 0 ? "1" : "10^" + Significant(from, 3) + " to 10^" + Significant(*step.up_to, 3))
                     : "above 10^" + Significant(from, 3);
      rows.push_back({Escape(range), Escape(step.words)});
      from = step.up_to.value_or(from);
    }
    out_ +=
        "<section>" + Tagged("h2", "The verbal scale") +
        ColumnTable("Likelihood ratio and verbal equivalent", {"Likelihood ratio", "Support for proposition 1"}, rows) +
        Paragraph("Below 1 the same words hold for proposition 2, by the inverse ratio. " +
                  std::string(VerbalSource()) +
                  " The words are of the strength of the reading, never of the probability of a proposition.");
    if (!validated()) {
      out_ += Note(
          "No verbal equivalent is stated in this report: the channel was not validated against readings "
          "whose truth is known.");
    }
    out_ += "</section>\n";
  }

  void AppendLimits() {
    out_ += "<section>" + Tagged("h2", "Limits");
    if (!by_channel()) {
      out_ += Paragraph("Edits were counted (" + result_.options.costs +
                        "): every difference costs the same, whatever its cause.");
    } else if (validated()) {
      const ReceiptValidation& v = *result_.channel->validated_by;
      out_ +=
          Paragraph("The model of reading errors (channel '" + result_.channel->name + "') was tried on " + v.set +
                    ": " + Grouped(v.readings) + " readings. It says something about log10 likelihood ratios from " +
                    Decimals(v.log10_lr_low, 2) + " to " + Decimals(v.log10_lr_high, 2) +
                    "; what lies outside is shown as the limit.");
    } else {
      out_ += Note("The model of reading errors (channel '" + result_.channel->name +
                   "') was never tried on readings whose truth is known. Its numbers are judgement; likelihood ratios "
                   "under it order records and are not fit for court.");
    }
    out_ += Paragraph(
                "The numbers hold given the reading as it was stated, the channel, and a population like the "
                "index. They take no account of anything else that is known of the case. A reading that was "
                "changed after looking at the list proves nothing.") +
            "</section>\n";
  }

  void AppendOrigin() {
    std::vector<std::pair<std::string, std::string>> rows;
    rows.emplace_back("Result (SHA-256)", Mono(receipt_.sha256));
    rows.emplace_back("Index file (SHA-256)", Mono(result_.index.sha256));
    rows.emplace_back("Index", Escape(Grouped(result_.index.records) + " records, " + Grouped(result_.index.bytes) +
                                      " bytes, format " + result_.index.format + ", folding version " +
                                      std::to_string(result_.index.folding_version)));
    if (by_channel()) {
      rows.emplace_back("Channel", Escape(result_.channel->name + (result_.channel->file ? " (its own file)" : "")));
      rows.emplace_back("Channel (SHA-256)", Mono(result_.channel->hash));
    }
    for (const ReceiptQuery& query : result_.queries) {
      if (!query.evidence) continue;
      rows.emplace_back("Statistics of the population (SHA-256)", Mono(query.evidence->statistics_hash));
      break;
    }
    rows.emplace_back("Asked for", Escape(Listed()));
    rows.emplace_back("Library", Escape("burin " + result_.burin));
    out_ +=
        "<section>" + Tagged("h2", "What this was made from") + RowTable("Versions and hashes", rows) + "</section>\n";
  }

  const Receipt& receipt_;
  const ReceiptResult& result_;
  const ReportOptions& options_;
  std::string out_;
};

}  // namespace

std::string RenderReport(const Receipt& receipt, const ReportOptions& options) {
  return Page(receipt, options).Render();
}

}  // namespace burin::internal
