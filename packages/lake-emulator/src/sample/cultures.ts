/** Where a sample customer may come from. */
export type Culture = {
  country: string;
  /** How often, relative to the others. */
  weight: number;
  women: readonly string[];
  men: readonly string[];
  families: readonly string[];
  /** City, region, first postal code; the generator counts on from it. */
  cities: readonly (readonly [city: string, region: string, postalCode: string])[];
  streets: readonly string[];
  dialCode: string;
  /** Typical yearly income in US dollars. */
  income: number;
};

const words = (text: string): readonly string[] => text.split(' ');

export const CULTURES: readonly Culture[] = [
  {
    country: 'United States',
    weight: 26,
    women: words('Abigail Aaliyah Brianna Charlotte Destiny Emily Grace Hannah Imani Kayla Madison Olivia Sofia Zoe'),
    men: words('Aiden Brandon Carlos Dante Ethan Gabriel Isaiah Jackson Logan Malik Noah Owen Tyler Wyatt'),
    families: words(
      'Anderson Brooks Campbell Diaz Edwards Foster Garcia Hayes Jackson Kim Lopez Mitchell Nguyen Rivera',
    ),
    cities: [
      ['Seattle', 'WA', '98101'],
      ['Austin', 'TX', '73301'],
      ['Chicago', 'IL', '60601'],
      ['Boston', 'MA', '02108'],
      ['Denver', 'CO', '80202'],
      ['Atlanta', 'GA', '30303'],
    ],
    streets: ['Maple Avenue', 'Oak Street', 'Martin Luther King Jr. Boulevard', 'Lakeview Drive', 'Second Street'],
    dialCode: '+1',
    income: 61000,
  },
  {
    country: 'United Kingdom',
    weight: 10,
    women: words('Amelia Beatrice Chloe Eilidh Freya Imogen Isla Jasmine Niamh Poppy Rhiannon Saoirse'),
    men: words('Alfie Callum Dylan Euan Finlay Harry Idris Jack Mohammed Oliver Rhys Theo'),
    families: words('Ahmed Baker Clarke Davies Evans Hughes Khan MacDonald O’Brien Patel Smith Taylor Wright'),
    cities: [
      ['London', 'Greater London', 'SW1A 1AA'],
      ['Manchester', 'Greater Manchester', 'M1 1AE'],
      ['Edinburgh', 'Scotland', 'EH1 1YZ'],
      ['Cardiff', 'Wales', 'CF10 1EP'],
    ],
    streets: ['High Street', 'Church Lane', 'Station Road', 'Victoria Terrace'],
    dialCode: '+44',
    income: 46000,
  },
  {
    country: 'Germany',
    weight: 11,
    women: words('Anja Birgit Clara Elif Franziska Greta Hannelore Ilse Jana Käthe Leonie Mia Sabine Ute'),
    men: words('Anton Björn Cem Dieter Emil Felix Günther Jürgen Karl Lukas Mehmet Otto Stefan Uwe'),
    families: words(
      'Bauer Becker Fischer Grüneberg Hoffmann Kaya Klein Krüger Lange Müller Schäfer Schröder Weiß Yılmaz',
    ),
    cities: [
      ['Berlin', 'Berlin', '10115'],
      ['München', 'Bayern', '80331'],
      ['Köln', 'Nordrhein-Westfalen', '50667'],
      ['Düsseldorf', 'Nordrhein-Westfalen', '40210'],
      ['Hamburg', 'Hamburg', '20095'],
    ],
    streets: ['Hauptstraße', 'Bahnhofstraße', 'Gartenweg', 'Am Mühlbach', 'Königsallee'],
    dialCode: '+49',
    income: 51000,
  },
  {
    country: 'France',
    weight: 8,
    women: words('Aïcha Amélie Brigitte Camille Chloé Élodie Fatima Hélène Inès Léa Manon Noémie'),
    men: words('Adrien Benoît Cédric Étienne François Gaël Hugo Karim Léo Mathieu Rémi Théo'),
    families: words('Bernard Caron Dubois Fontaine Girard Lefèvre Leroy Moreau N’Diaye Petit Roux Thévenet'),
    cities: [
      ['Paris', 'Île-de-France', '75001'],
      ['Lyon', 'Auvergne-Rhône-Alpes', '69001'],
      ['Saint-Étienne', 'Auvergne-Rhône-Alpes', '42000'],
      ['Nantes', 'Pays de la Loire', '44000'],
    ],
    streets: ['Rue de la République', 'Avenue Victor Hugo', 'Place de l’Église', 'Boulevard Saint-Michel'],
    dialCode: '+33',
    income: 43000,
  },
  {
    country: 'Netherlands',
    weight: 6,
    women: words('Anouk Britt Doutzen Esmée Femke Fleur Lieke Loes Maartje Noor Roos Sanne'),
    men: words('Bas Daan Jelle Joost Koen Lars Maarten Pieter Ruben Sem Thijs Wouter'),
    families: [
      'de Vries',
      'van den Berg',
      'Jansen',
      'Bakker',
      'Visser',
      'Smit',
      'Mulder',
      'van Dijk',
      'de Boer',
      'Bouzid',
    ],
    cities: [
      ['Amsterdam', 'Noord-Holland', '1011 AB'],
      ['Utrecht', 'Utrecht', '3511 LN'],
      ['’s-Hertogenbosch', 'Noord-Brabant', '5211 DJ'],
    ],
    streets: ['Kerkstraat', 'Molenweg', 'Prinsengracht', 'Dorpsstraat'],
    dialCode: '+31',
    income: 49000,
  },
  {
    country: 'Spain',
    weight: 6,
    women: words('Alba Begoña Carmen Inés Irene Lucía Marina Nerea Núria Paula Rocío Ximena'),
    men: words('Álvaro Adrián Diego Iker Íñigo Jesús Joan Jorge Martín Pablo Raúl Sergio'),
    families: [
      'García López',
      'Fernández Ruiz',
      'Ibáñez Mora',
      'Muñoz Peña',
      'Etxeberria Sáez',
      'Pujol i Vidal',
      'Núñez Cano',
    ],
    cities: [
      ['Madrid', 'Madrid', '28001'],
      ['Barcelona', 'Catalunya', '08001'],
      ['A Coruña', 'Galicia', '15001'],
    ],
    streets: ['Calle Mayor', 'Avenida de la Constitución', 'Carrer de Mallorca', 'Plaza de España'],
    dialCode: '+34',
    income: 34000,
  },
  {
    country: 'Italy',
    weight: 5,
    women: words('Alessia Beatrice Chiara Elisa Federica Giulia Ilaria Martina Noemi Sofia'),
    men: words('Alessandro Davide Edoardo Filippo Giacomo Leonardo Marco Niccolò Pietro Simone'),
    families: words('Bianchi Colombo Conti D’Angelo Esposito Ferrari Greco Marino Rossi Russo'),
    cities: [
      ['Milano', 'Lombardia', '20121'],
      ['Roma', 'Lazio', '00184'],
      ['Forlì', 'Emilia-Romagna', '47121'],
    ],
    streets: ['Via Roma', 'Corso Garibaldi', 'Piazza Dante', 'Viale della Libertà'],
    dialCode: '+39',
    income: 36000,
  },
  {
    country: 'Poland',
    weight: 5,
    women: words('Agnieszka Bożena Elżbieta Gabriela Jadwiga Kinga Łucja Małgorzata Zofia Żaneta'),
    men: words('Bartłomiej Dawid Grzegorz Jakub Krzysztof Łukasz Mateusz Paweł Stanisław Wojciech'),
    families: words('Dąbrowska Grabowski Jabłoński Kowalczyk Król Lewandowski Nowak Wiśniewski Wójcik Zając'),
    cities: [
      ['Warszawa', 'mazowieckie', '00-001'],
      ['Łódź', 'łódzkie', '90-001'],
      ['Kraków', 'małopolskie', '30-001'],
    ],
    streets: ['ulica Długa', 'aleja Jana Pawła II', 'ulica Źródlana', 'plac Wolności'],
    dialCode: '+48',
    income: 24000,
  },
  {
    country: 'Sweden',
    weight: 4,
    women: words('Agnes Åsa Ebba Elsa Frida Ingrid Linnéa Maja Saga Wilma'),
    men: words('Anders Åke Björn Erik Gustav Lars Nils Oskar Sven Viggo'),
    families: words('Andersson Bergström Björk Eriksson Håkansson Lindqvist Nyström Öberg Sjöberg Åkesson'),
    cities: [
      ['Stockholm', 'Stockholms län', '111 20'],
      ['Göteborg', 'Västra Götalands län', '411 01'],
      ['Malmö', 'Skåne län', '211 11'],
    ],
    streets: ['Storgatan', 'Kungsgatan', 'Björkvägen', 'Östra Hamngatan'],
    dialCode: '+46',
    income: 48000,
  },
  {
    country: 'Japan',
    weight: 6,
    women: words('陽菜 美咲 さくら 結衣 葵 恵子 由美子 Aiko'),
    men: words('蓮 大翔 健太 翔 拓海 浩一 直樹 Kenji'),
    families: words('佐藤 鈴木 高橋 田中 伊藤 渡辺 山本 中村 小林 Watanabe'),
    cities: [
      ['東京', '東京都', '100-0001'],
      ['大阪', '大阪府', '530-0001'],
      ['Sapporo', 'Hokkaidō', '060-0001'],
    ],
    streets: ['千代田', '中央区本町', '北一条西', 'Honmachi'],
    dialCode: '+81',
    income: 39000,
  },
  {
    country: 'Brazil',
    weight: 5,
    women: words('Ana Beatriz Cecília Fernanda Íris Júlia Larissa Luísa Thaís Vitória'),
    men: words('André Bruno Caio Davi Gustavo João Lucas Otávio Rafael Vinícius'),
    families: ['da Silva', 'dos Santos', 'Oliveira', 'Souza', 'Araújo', 'Gonçalves', 'Conceição', 'Nakamura'],
    cities: [
      ['São Paulo', 'SP', '01001-000'],
      ['Brasília', 'DF', '70040-010'],
      ['Belém', 'PA', '66010-000'],
    ],
    streets: ['Rua das Flores', 'Avenida Paulista', 'Travessa São José', 'Praça da Sé'],
    dialCode: '+55',
    income: 15000,
  },
  {
    country: 'India',
    weight: 5,
    women: words('Aarohi Ananya Diya Ishita Kavya Lakshmi Meera Priya Saanvi अनन्या'),
    men: words('Aarav Arjun Dev Imran Karthik Nikhil Rohan Sanjay Vihaan अर्जुन'),
    families: words('Banerjee Chatterjee Gupta Iyer Khan Nair Patel Reddy Sharma Singh'),
    cities: [
      ['Mumbai', 'Maharashtra', '400001'],
      ['Bengaluru', 'Karnataka', '560001'],
      ['Kolkata', 'West Bengal', '700001'],
    ],
    streets: ['MG Road', 'Nehru Marg', 'Park Street', '12th Cross, Indiranagar'],
    dialCode: '+91',
    income: 12000,
  },
  {
    country: 'United Arab Emirates',
    weight: 3,
    women: words('Aisha Fatima Layla Mariam Noor فاطمة مريم نور'),
    men: words('Ahmed Hamad Khalid Omar Saif محمد أحمد يوسف'),
    families: ['Al Mansoori', 'Al Hashimi', 'Al Suwaidi', 'Haddad', 'المنصوري', 'الهاشمي'],
    cities: [
      ['Dubai', 'Dubai', ''],
      ['أبو ظبي', 'Abu Dhabi', ''],
    ],
    streets: ['Sheikh Zayed Road', 'Corniche Street', 'Al Wasl Road'],
    dialCode: '+971',
    income: 52000,
  },
];
