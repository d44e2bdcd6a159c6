"use strict";

// SHA-256 as in FIPS 180-4, written out: pages opened from a disk are denied the browser's own by some browsers.
const ROUNDS = (() => {
  const roots = [], cubes = [];
  for (let n = 2; cubes.length < 64; n++) {
    let isPrime = true;
    for (let d = 2; d * d <= n; d++) isPrime = isPrime && n % d !== 0;
    if (!isPrime) continue;
    cubes.push(fraction(Math.cbrt(n)));
    if (roots.length < 8) roots.push(fraction(Math.sqrt(n)));
  }
  return { roots, cubes };

  // The first 32 bits behind the point.
  function fraction(x) {
    return Math.floor((x - Math.floor(x)) * 4294967296) | 0;
  }
})();

function sha256(bytes) {
  const blocks = Math.floor((bytes.length + 8) / 64) + 1;
  const padded = new Uint8Array(blocks * 64);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  for (let i = 0, bits = bytes.length * 8; i < 7; i++, bits = Math.floor(bits / 256)) padded[padded.length - 1 - i] = bits % 256;
  const hash = ROUNDS.roots.slice();
  const w = new Int32Array(64);
  for (let start = 0; start < padded.length; start += 64) {
    for (let t = 0; t < 16; t++) {
      const i = start + 4 * t;
      w[t] = (padded[i] << 24) | (padded[i + 1] << 16) | (padded[i + 2] << 8) | padded[i + 3];
    }
    for (let t = 16; t < 64; t++) {
      const x = w[t - 15], y = w[t - 2];
      w[t] = (turn(y, 17) ^ turn(y, 19) ^ (y >>> 10)) + w[t - 7] + (turn(x, 7) ^ turn(x, 18) ^ (x >>> 3)) + w[t - 16];
    }
    let [a, b, c, d, e, f, g, h] = hash;
    for (let t = 0; t < 64; t++) {
      const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + ROUNDS.cubes[t] + w[t]) | 0;
      const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
    }
    [a, b, c, d, e, f, g, h].forEach((word, i) => { hash[i] = (hash[i] + word) | 0; });
  }
  const result = new Uint8Array(32);
  hash.forEach((word, i) => {
    for (let j = 0; j < 4; j++) result[4 * i + j] = (word >>> (24 - 8 * j)) & 255;
  });
  return result;

  function turn(x, n) {
    return (x >>> n) | (x << (32 - n));
  }
}

// HMAC-SHA-256 as in RFC 2104, with a key of at most 64 bytes.
function hmac(key, message) {
  const inner = new Uint8Array(64 + message.length), outer = new Uint8Array(96);
  for (let i = 0; i < 64; i++) {
    const k = i < key.length ? key[i] : 0;
    inner[i] = k ^ 0x36;
    outer[i] = k ^ 0x5c;
  }
  inner.set(message, 64);
  outer.set(sha256(inner), 64);
  return sha256(outer);
}

function utf8(text) {
  const bytes = [];
  encodeURIComponent(text).replace(/%([0-9A-F]{2})|./g, (sign, code) => { bytes.push(code ? parseInt(code, 16) : sign.charCodeAt(0)); return ""; });
  return Uint8Array.from(bytes);
}

// Text of ASCII alone, which the files are, can be long.
function ascii(text) {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

function hex(bytes) {
  return Array.from(bytes, b => (b + 256).toString(16).slice(1)).join("");
}

function fromHex(text) {
  return Uint8Array.from(text.match(/../g), pair => parseInt(pair, 16));
}

// The cells of a table below its headings.
function rows(csv) {
  return csv.trim().split("\n").slice(1).map(line => line.split(","));
}

// The root of the files in this page; null where they are not those of which it is the root.
function rootOf(data) {
  const fits = [["people.csv", data.people], ["ballots.csv", data.ballots]].every(([name, text]) =>
    data.sums.split("\n").includes(hex(sha256(ascii(text))) + "  " + name));
  return fits ? hex(sha256(ascii(data.sums))) : null;
}

// A key as somebody typed it; null where it is none.
function keyOf(text) {
  const key = text.replace(/[\s-]/g, "").toLowerCase();
  return /^[0-9a-f]{64}$/.test(key) ? key : null;
}

// Who somebody is in these files, and on which ballots; null for nobody.
function find(data, id, key) {
  const secret = fromHex(key);
  const tag = hex(sha256(utf8(hex(hmac(secret, ascii("tag"))) + ":" + id)));
  const place = rows(data.people).findIndex(row => row[0] === tag);
  if (place < 0) return null;
  const isOpen = data.ballots.startsWith("ballot,member ");
  const number = String(place + 1);
  const ballots = rows(data.ballots).filter(row => row.includes(isOpen ? number : ticket(Number(row[0])), 1)).map(row => row[0]);
  return { number: place + 1, tag, ballots };

  function ticket(ballot) {
    const opening = hex(hmac(secret, ascii("sortition-ticket/2\n" + ballot)));
    return hex(sha256(ascii("sortition-leaf/2\n" + ballot + "\n" + tag + "\n" + opening)));
  }
}

// What the page says to somebody who has typed something: texts by their keys, with what is to be put into them.
function answer(data, id, typedKey, drawn) {
  const all = rows(data.ballots);
  const key = keyOf(typedKey);
  if (key === null) return [["find.no-key", {}]];
  const found = find(data, id.trim(), key);
  if (found === null) return [["find.nobody", {}]];
  const lines = [["find.you", { number: found.number, people: rows(data.people).length }]];
  lines.push(found.ballots.length === 0 ? ["find.none", { all: all.length }]
    : ["find.on", { count: found.ballots.length, all: all.length, share: found.ballots.length / all.length, ballots: found.ballots.join(", ") }]);
  if (drawn.trim() !== "") {
    const ballot = all.find(row => Number(row[0]) === Number(drawn));
    lines.push(/^[0-9 ]+$/.test(drawn) && ballot ? [found.ballots.includes(ballot[0]) ? "find.drawn" : "find.not-drawn", { ballot: ballot[0] }]
      : ["find.no-ballot", { first: all[0][0], last: all[all.length - 1][0] }]);
  }
  return lines;
}

function fill(text, values, language) {
  return text.replace(/\{([a-z]+)\}/g, (_, name) => name === "share"
    ? (100 * values.share).toLocaleString(language, { maximumFractionDigits: 1 })
    : String(values[name]));
}

if (typeof document !== "undefined") {
  const element = id => document.getElementById(id);
  const data = { sums: element("sums").textContent, people: element("people").textContent, ballots: element("ballots").textContent };
  const texts = JSON.parse(element("texts").textContent);
  const languages = Object.keys(texts);
  const all = rows(data.ballots);
  const root = rootOf(data);
  const facts = { count: all.length, first: all[0][0], last: all[all.length - 1][0], seats: data.ballots.split("\n", 1)[0].split(",").filter(heading => heading.includes(" ")).length, root };
  let language = (navigator.languages || []).map(l => l.slice(0, 2)).find(l => languages.includes(l)) || "en";
  let said = [];

  const show = () => {
    document.documentElement.lang = language;
    document.querySelectorAll("[data-text]").forEach(e => { e.textContent = fill(texts[language][e.dataset.text], facts, language); });
    element("root").textContent = fill(texts[language][root === null ? "find.changed" : "find.root"], facts, language);
    const lines = said.map(([key, values]) => {
      const line = document.createElement("p");
      line.textContent = fill(texts[language][key], values, language);
      line.className = key === "find.drawn" ? "note drawn" : "note";
      return line;
    });
    element("answer").replaceChildren(...lines);
  };
  const ask = () => {
    said = root === null ? [["find.changed", {}]] : answer(data, element("id").value, element("key").value, element("drawn").value);
    show();
  };

  languages.forEach(code => {
    const option = document.createElement("option");
    option.value = code;
    option.textContent = texts[code]["find.language"];
    option.selected = code === language;
    element("language").append(option);
  });
  element("language").addEventListener("change", () => { language = element("language").value; show(); });
  element("form").addEventListener("submit", event => { event.preventDefault(); ask(); });
  show();

  // A link in a letter has id and key behind #, which browsers send to nobody; they need not stay in the address.
  const given = new URLSearchParams(location.hash.slice(1));
  if (given.get("id") !== null && given.get("key") !== null) {
    element("id").value = given.get("id");
    element("key").value = given.get("key");
    try { history.replaceState(null, "", location.pathname + location.search); } catch { /* Some browsers deny it to files. */ }
    ask();
  }
}
