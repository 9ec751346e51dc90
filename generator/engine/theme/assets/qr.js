// QR codes, drawn when somebody asks for one: making them at build time would cost more than the build.
// Bytes, level M, versions 1 to 10 (213 bytes), mask 0: ISO/IEC 18004, proved equal to segno's by a test.
(function () {
  "use strict";
  // Of each version: bytes of data, blocks, bytes of correction in a block.
  var SIZES = [[16, 1, 10], [28, 1, 16], [44, 1, 26], [64, 2, 18], [86, 2, 24], [108, 4, 16], [124, 4, 18], [154, 4, 22], [182, 5, 22], [216, 5, 26]];
  var powers = [], logs = [];
  for (var exponent = 0, value = 1; exponent < 255; exponent++) {
    powers[exponent] = powers[exponent + 255] = value;
    logs[value] = exponent;
    value = value << 1 ^ (value > 127 ? 0x11d : 0);
  }

  function times(a, b) {
    return a && b ? powers[logs[a] + logs[b]] : 0;
  }

  function correction(block, length) {
    var divisor = [1], rest = block.concat(Array(length).fill(0));
    for (var root = 0; root < length; root++) {
      divisor = divisor.concat(0).map(function (factor, place) {
        return factor ^ times(divisor[place - 1] || 0, powers[root]);
      });
    }
    block.forEach(function (_, place) {
      var lead = rest[place];
      divisor.forEach(function (factor, step) { rest[place + step] ^= times(factor, lead); });
    });
    return rest.slice(block.length);
  }

  // The bytes as they are drawn: length and text, filled up, cut into blocks, woven into one another.
  function woven(text, version) {
    var size = SIZES[version - 1], bits = "0100" + binary(text.length, version > 9 ? 16 : 8);
    text.forEach(function (byte) { bits += binary(byte, 8); });
    bits += "0000".slice(0, 8 * size[0] - bits.length);
    while (bits.length % 8) bits += "0";
    var bytes = bits.match(/.{8}/g).map(function (byte) { return parseInt(byte, 2); });
    for (var fill = 0; bytes.length < size[0]; fill++) bytes.push(fill % 2 ? 0x11 : 0xec);
    var blocks = [], checks = [], start = 0;
    for (var number = 0; number < size[1]; number++) {
      var end = start + Math.floor(size[0] / size[1]) + (number >= size[1] - size[0] % size[1] ? 1 : 0);
      blocks.push(bytes.slice(start, end));
      checks.push(correction(bytes.slice(start, end), size[2]));
      start = end;
    }
    return weave(blocks).concat(weave(checks));
  }

  function weave(rows) {
    var found = [];
    for (var column = 0; column < rows[rows.length - 1].length; column++) {
      rows.forEach(function (row) { if (column < row.length) found.push(row[column]); });
    }
    return found;
  }

  function binary(number, length) {
    return (Array(length + 1).join("0") + number.toString(2)).slice(-length);
  }

  // A number followed by the remainder that lets a reader mend it.
  function mended(number, divisor, length) {
    var rest = number << length, degree = divisor.toString(2).length;
    while (rest.toString(2).length >= degree) rest ^= divisor << rest.toString(2).length - degree;
    return number << length | rest;
  }

  function matrix(address) {
    var text = [].slice.call(new TextEncoder().encode(address)), version = 1;
    while (version <= 10 && text.length + (version > 9 ? 3 : 2) > SIZES[version - 1][0]) version++;
    if (version > 10) return null;
    var width = 4 * version + 17, rows = [];
    for (var line = 0; line < width; line++) rows.push(Array(width).fill(null));

    function set(row, column, dark) {
      if (row >= 0 && column >= 0 && row < width && column < width) rows[row][column] = dark ? 1 : 0;
    }
    function rings(row, column, reach, light) {
      for (var down = -reach; down <= reach; down++) {
        for (var right = -reach; right <= reach; right++) {
          var ring = Math.max(Math.abs(down), Math.abs(right));
          set(row + down, column + right, light.indexOf(ring) < 0);
        }
      }
    }
    [[3, 3], [3, width - 4], [width - 4, 3]].forEach(function (eye) { rings(eye[0], eye[1], 4, [2, 4]); });
    var marks = version < 2 ? [] : version < 7 ? [6, 4 * version + 10] : [6, 2 * version + 8, 4 * version + 10];
    marks.forEach(function (row) {
      marks.forEach(function (column) {
        if (rows[row][column] === null) rings(row, column, 2, [1]);
      });
    });
    for (var step = 8; step < width - 8; step++) {
      set(6, step, step % 2 === 0);
      set(step, 6, step % 2 === 0);
    }
    // Level M and mask 0 are both written as zeros.
    var form = binary(mended(0, 0x537, 10) ^ 0x5412, 15).split("").map(Number);
    form.forEach(function (bit, place) {
      set(8, place < 6 ? place : place < 8 ? place + 1 : width - 15 + place, bit);
      set(place < 7 ? width - 1 - place : place < 9 ? 15 - place : 14 - place, 8, bit);
    });
    set(8, width - 8, form[7]);
    set(width - 8, 8, 1);
    if (version > 6) {
      var name = binary(mended(version, 0x1f25, 12), 18).split("").reverse().map(Number);
      name.forEach(function (bit, place) {
        set(Math.floor(place / 3), width - 11 + place % 3, bit);
        set(width - 11 + place % 3, Math.floor(place / 3), bit);
      });
    }
    var bits = woven(text, version).map(function (byte) { return binary(byte, 8); }).join(""), next = 0;
    for (var pair = width - 1, up = true; pair > 0; pair -= 2, up = !up) {
      if (pair === 6) pair--;
      for (var walked = 0; walked < width; walked++) {
        var row = up ? width - 1 - walked : walked;
        for (var column = pair; column > pair - 2; column--) {
          if (rows[row][column] === null) {
            rows[row][column] = Number(bits[next++] || 0) ^ ((row + column) % 2 === 0 ? 1 : 0);
          }
        }
      }
    }
    return rows;
  }

  function _(message) { // what the page's language says instead
    return (window.cunwuWords || {})[message] || message;
  }

  function svg(address) {
    var rows = matrix(address);
    if (!rows) return "";
    var path = "", width = rows.length + 8;
    rows.forEach(function (row, down) {
      row.join("").replace(/1+/g, function (dark, right) {
        path += "M" + (right + 4) + " " + (down + 4) + "h" + dark.length + "v1h-" + dark.length + "z";
      });
    });
    return '<svg viewBox="0 0 ' + width + " " + width + '" role="img" aria-label="' + _("本页网址的二维码") + '"><rect width="100%" height="100%" fill="#fff"/><path d="' + path + '"/></svg>';
  }

  window.cunwuCode = { matrix: matrix, svg: svg };
})();
